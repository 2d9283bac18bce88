import Settings
import YAML

/// A section of a recipe. Each of its keys is declared once; this declaration reads it, writes it and documents it.
protocol RecipeSection: Sendable, Equatable {
  /// The values that apply where a recipe says nothing.
  init(standardIn context: RecipeContext)

  /// Every key, in the order in which they are written. The key `a.b` is `b` of the mapping `a` in the section.
  static func settings(in context: RecipeContext) -> [Setting<Self>]

  /// Sets values whose defaults depend on others, and refuses those that contradict each other.
  mutating func settle(_ mapping: inout YAMLMapping) throws
}

extension RecipeSection {
  /// By default nothing depends on anything else.
  mutating func settle(_ mapping: inout YAMLMapping) throws {}

  /// Reads the section; the caller finishes `mapping`.
  /// - Throws: `YAMLError` for a value of another kind or out of range and for a required one that is missing; what `settle` throws.
  init(_ mapping: inout YAMLMapping, _ context: RecipeContext) throws {
    self.init(standardIn: context)
    var nested: [(name: String, mapping: YAMLMapping)] = []
    for setting in Self.settings(in: context) {
      let value: SettingValue?
      if let (group, key) = setting.nestedKey {
        let place: Int
        if let known = nested.firstIndex(where: { $0.name == group }) {
          place = known
        } else {
          place = nested.count
          nested.append((group, try mapping.mapping(group, emptyIfAbsent: true)))
        }
        value = try nested[place].mapping.value(
          key, as: setting.kind, absence: setting.absence)
      } else if setting.isRequired {
        value = try mapping.requiredValue(setting.key, as: setting.kind)
      } else {
        value = try mapping.value(setting.key, as: setting.kind, absence: setting.absence)
      }
      if let value { try setting.apply(value, to: &self) }
    }
    for group in nested { try group.mapping.finish() }
    try settle(&mapping)
  }

  /// Every value that has an effect.
  func yaml(in context: RecipeContext) -> YAMLValue {
    var members: [YAMLValue.Member] = []
    for setting in Self.settings(in: context) where setting.isWritten(for: self) {
      guard let (group, key) = setting.nestedKey else {
        members.append(.init(key: setting.key, value: setting.value(in: self)))
        continue
      }
      let member = YAMLValue.Member(key: key, value: setting.value(in: self))
      if let place = members.firstIndex(where: { $0.key == group }),
        case .mapping(let others) = members[place].value
      {
        members[place].value = .mapping(others + [member])
      } else {
        members.append(.init(key: group, value: .mapping([member])))
      }
    }
    return .mapping(members)
  }
}

extension Setting {
  /// The mapping and the key in it, of a key `a.b`.
  fileprivate var nestedKey: (group: String, key: String)? {
    guard let dot = key.firstIndex(of: ".") else { return nil }
    return (String(key[..<dot]), String(key[key.index(after: dot)...]))
  }
}
