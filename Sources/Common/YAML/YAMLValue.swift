import Settings

/// A value that can be written as YAML.
public typealias YAMLValue = SettingValue
