/// A source of settings, such as a mapping of a recipe.
public protocol SettingsReader {
  /// The value of `kind` under `key`; nil if there is none.
  /// - Throws: an error that names the place, for a value of another kind.
  mutating func value(_ key: String, as kind: SettingKind) throws -> SettingValue?
}
