extension SettingValue: ExpressibleByNilLiteral {
  /// Creates a null.
  public init(nilLiteral: ()) { self = .null }
}

extension SettingValue: ExpressibleByBooleanLiteral {
  /// Creates a boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension SettingValue: ExpressibleByIntegerLiteral {
  /// Creates an integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
}

extension SettingValue: ExpressibleByFloatLiteral {
  /// Creates a float.
  public init(floatLiteral value: Double) { self = .double(value) }
}

extension SettingValue: ExpressibleByStringLiteral {
  /// Creates text.
  public init(stringLiteral value: String) { self = .string(value) }
}

extension SettingValue: ExpressibleByArrayLiteral {
  /// Creates a sequence.
  public init(arrayLiteral elements: SettingValue...) { self = .sequence(elements) }
}

extension SettingValue: ExpressibleByDictionaryLiteral {
  /// Creates a mapping in the literal's order.
  public init(dictionaryLiteral elements: (String, SettingValue)...) {
    self = .mapping(elements.map { Member(key: $0.0, value: $0.1) })
  }
}
