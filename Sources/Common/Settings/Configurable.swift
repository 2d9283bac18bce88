/// A value that is made of settings.
public protocol Configurable: Sendable, Equatable {
  /// Every setting, in the order in which they are written.
  static var settings: [Setting<Self>] { get }
}

extension Configurable {
  /// Takes over the settings that `reader` has; the others stay as they are.
  /// - Throws: what the reader throws for a value of another kind.
  public mutating func read(from reader: inout some SettingsReader) throws {
    for setting in Self.settings {
      if let value = try reader.value(setting.key, as: setting.kind) {
        try setting.set(&self, value)
      }
    }
  }

  /// Every setting that has an effect, with its value.
  public var settingValues: [SettingValue.Member] {
    Self.settings.filter { $0.counts(self) }.map { .init(key: $0.key, value: $0.get(self)) }
  }

  /// What there is to know of every setting, with its value here for the standard one.
  public var settingDescriptions: [SettingDescription] {
    Self.settings.map {
      SettingDescription(
        key: $0.key, kind: $0.kind.description, standard: $0.get(self), help: $0.help)
    }
  }
}

/// A setting as documentation shows it.
public struct SettingDescription: Sendable, Equatable, Encodable {
  /// The key in a recipe.
  public let key: String
  /// The values it takes: `a number at least 0`.
  public let kind: String
  /// The value where a recipe says nothing.
  public let standard: SettingValue
  /// What it means, in a sentence.
  public let help: String
}
