/// A value that consists of settings.
public protocol Configurable: Sendable, Equatable {
  /// Every setting, in the order in which they are written.
  static var settings: [Setting<Self>] { get }
}

extension Configurable {
  /// Takes over the settings that `reader` has; the others stay unchanged.
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
    Self.settings.filter { $0.isWritten(for: self) }.map { .init(key: $0.key, value: $0.get(self)) }
  }

  /// The documentation of every setting, with its present value as the default.
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
  /// The value that applies where a recipe does not set it.
  public let standard: SettingValue
  /// What it means, in a sentence.
  public let help: String
}
