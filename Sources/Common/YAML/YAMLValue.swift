/// A value that can be written as YAML.
public enum YAMLValue: Hashable, Sendable {
  /// No value.
  case null
  /// A boolean.
  case boolean(Bool)
  /// An integer.
  case integer(Int)
  /// A float, infinities and NaN included.
  case double(Double)
  /// Text.
  case string(String)
  /// Values in order.
  case sequence([YAMLValue])
  /// Keys and values in order.
  case mapping([Member])

  /// A key of a mapping and its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public var key: String
    /// The key's value.
    public var value: YAMLValue

    /// Creates a member.
    public init(key: String, value: YAMLValue) {
      self.key = key
      self.value = value
    }
  }
}
