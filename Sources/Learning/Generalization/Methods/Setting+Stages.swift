import Backbones
import Settings

extension Setting {
  /// Stages by their numbers, `[3, 4]`, from shallow to deep, each at most once.
  public static func stages(
    _ key: String, _ property: WritableKeyPath<Root, [Stage]> & Sendable, _ help: String,
    counts: @escaping @Sendable (Root) -> Bool = { _ in true }
  ) -> Setting {
    let numbers = Stage.allCases.map(\.rawValue)
    let kind = SettingKind.sequence(
      of: .integer(in: (numbers.first ?? 0)...(numbers.last ?? 0)))
    return Setting(
      key, kind, help, get: { $0[keyPath: property].map(\.rawValue).settingValue },
      set: { root, value in
        guard let numbers = [Int](settingValue: value) else {
          throw SettingError(key, expected: kind, found: value)
        }
        root[keyPath: property] = Set(numbers).compactMap(Stage.init(rawValue:)).sorted()
      }, counts: counts)
  }
}
