extension YAMLValue: ExpressibleByNilLiteral {
  /// Creates a null.
  public init(nilLiteral: ()) { self = .null }
}

extension YAMLValue: ExpressibleByBooleanLiteral {
  /// Creates a boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension YAMLValue: ExpressibleByIntegerLiteral {
  /// Creates an integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
}

extension YAMLValue: ExpressibleByFloatLiteral {
  /// Creates a float.
  public init(floatLiteral value: Double) { self = .double(value) }
}

extension YAMLValue: ExpressibleByStringLiteral {
  /// Creates text.
  public init(stringLiteral value: String) { self = .string(value) }
}

extension YAMLValue: ExpressibleByArrayLiteral {
  /// Creates a sequence.
  public init(arrayLiteral elements: YAMLValue...) { self = .sequence(elements) }
}

extension YAMLValue: ExpressibleByDictionaryLiteral {
  /// Creates a mapping in the literal's order.
  public init(dictionaryLiteral elements: (String, YAMLValue)...) {
    self = .mapping(elements.map { Member(key: $0.0, value: $0.1) })
  }
}
