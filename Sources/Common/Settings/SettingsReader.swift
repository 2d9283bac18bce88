/// What settings are read from, such as a mapping of a recipe.
public protocol SettingsReader {
  /// The value under `key`, of `kind`; nil where there is none.
  /// - Throws: an error that names the place, for a value of another kind.
  mutating func value(_ key: String, as kind: SettingKind) throws -> SettingValue?
}
