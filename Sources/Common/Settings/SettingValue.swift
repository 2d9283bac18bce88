/// The value of a setting, independent of the format that it is read from and written to.
public enum SettingValue: Hashable, Sendable {
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
  case sequence([SettingValue])
  /// Keys and values in order.
  case mapping([Member])

  /// A key of a mapping and its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public var key: String
    /// The key's value.
    public var value: SettingValue

    /// Creates a member.
    public init(key: String, value: SettingValue) {
      self.key = key
      self.value = value
    }
  }
}

extension SettingValue: CustomStringConvertible {
  /// The value on one line: `0.5`, `attention`, `[3, 4]`.
  public var description: String {
    switch self {
    case .null: "null"
    case .boolean(let boolean): "\(boolean)"
    case .integer(let integer): "\(integer)"
    case .double(let number): "\(number)"
    case .string(let text): text
    case .sequence(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .mapping(let members):
      "{\(members.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    }
  }
}

extension SettingValue: Encodable {
  /// Encodes the value as JSON would hold it; the encoder decides the order of a mapping's keys.
  public func encode(to encoder: any Encoder) throws {
    if case .mapping(let members) = self {
      var container = encoder.container(keyedBy: MemberKey.self)
      for member in members {
        try container.encode(member.value, forKey: MemberKey(stringValue: member.key))
      }
      return
    }
    var container = encoder.singleValueContainer()
    switch self {
    case .null, .mapping: try container.encodeNil()
    case .boolean(let boolean): try container.encode(boolean)
    case .integer(let integer): try container.encode(integer)
    case .double(let number): try container.encode(number)
    case .string(let text): try container.encode(text)
    case .sequence(let values): try container.encode(values)
    }
  }

  private struct MemberKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}
