import Messages

/// Readers of scalars: an absent or null key has its default. ``YAMLError`` is thrown if there is no default, or if
/// the value is of another type or out of range.
extension YAMLMapping {
  /// Text; an unquoted number or boolean is refused.
  public mutating func string(
    _ key: String, default fallback: String? = nil
  ) throws(YAMLError) -> String {
    try read(key, "text", default: fallback) { node throws(YAMLError) in try node.string() }
  }

  /// Text; `nil` if the key is absent or null.
  public mutating func optionalString(_ key: String) throws(YAMLError) -> String? {
    try readOptional(key) { node throws(YAMLError) in try node.string() }
  }

  /// A boolean.
  public mutating func bool(
    _ key: String, default fallback: Bool? = nil
  ) throws(YAMLError) -> Bool {
    try read(key, "true or false", default: fallback) { node throws(YAMLError) in try node.bool() }
  }

  /// A boolean; `nil` if the key is absent or null.
  public mutating func optionalBool(_ key: String) throws(YAMLError) -> Bool? {
    try readOptional(key) { node throws(YAMLError) in try node.bool() }
  }

  /// An integer within a range.
  public mutating func int(
    _ key: String, default fallback: Int? = nil, in range: some RangeExpression<Int> = Int.min...
  ) throws(YAMLError) -> Int {
    try read(key, "an integer\(describe(range))", default: fallback) { node throws(YAMLError) in
      try node.int(in: range)
    }
  }

  /// An integer within a range; `nil` if the key is absent or null.
  public mutating func optionalInt(
    _ key: String, in range: some RangeExpression<Int> = Int.min...
  ) throws(YAMLError) -> Int? {
    try readOptional(key) { node throws(YAMLError) in try node.int(in: range) }
  }

  /// A finite number within a range; an integer is one.
  public mutating func double(
    _ key: String, default fallback: Double? = nil,
    in range: some RangeExpression<Double> = (-Double.infinity)...
  ) throws(YAMLError) -> Double {
    try read(key, "a number\(describe(range))", default: fallback) { node throws(YAMLError) in
      try node.double(in: range)
    }
  }

  /// A finite number within a range; `nil` if the key is absent or null.
  public mutating func optionalDouble(
    _ key: String, in range: some RangeExpression<Double> = (-Double.infinity)...
  ) throws(YAMLError) -> Double? {
    try readOptional(key) { node throws(YAMLError) in try node.double(in: range) }
  }

  /// One of several names.
  public mutating func choice(
    _ key: String, among names: [String], default fallback: String? = nil
  ) throws(YAMLError) -> String {
    try read(key, alternatives(names), default: fallback) { node throws(YAMLError) in
      try node.choice(among: names)
    }
  }

  /// A case of an enumeration by its raw value.
  public mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ key: String, default fallback: Choice? = nil
  ) throws(YAMLError) -> Choice {
    let names = Choice.allCases.map(\.rawValue)
    return try read(key, alternatives(names), default: fallback) { node throws(YAMLError) in
      try node.choice()
    }
  }

  /// A case of an enumeration by its raw value; `nil` if the key is absent or null.
  public mutating func optionalChoice<Choice: CaseIterable & RawRepresentable<String>>(
    _ key: String
  ) throws(YAMLError) -> Choice? {
    try readOptional(key) { node throws(YAMLError) in try node.choice() }
  }
}
