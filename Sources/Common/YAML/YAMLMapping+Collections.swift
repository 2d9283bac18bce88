/// Readers of sequences and mappings: an absent or null key has its default. ``YAMLError`` is thrown if there is no
/// default, or if the value or an element is of another type or out of range.
extension YAMLMapping {
  /// A sequence of texts.
  public mutating func strings(
    _ key: String, default fallback: [String]? = nil
  ) throws(YAMLError) -> [String] {
    try read(key, "a sequence of texts", default: fallback) { node throws(YAMLError) in
      try node.elements { element throws(YAMLError) in try element.string() }
    }
  }

  /// A sequence of integers, each within a range.
  public mutating func ints(
    _ key: String, default fallback: [Int]? = nil,
    in range: some RangeExpression<Int> = Int.min...
  ) throws(YAMLError) -> [Int] {
    try read(key, "a sequence of integers", default: fallback) { node throws(YAMLError) in
      try node.elements { element throws(YAMLError) in try element.int(in: range) }
    }
  }

  /// A sequence of finite numbers, each within a range.
  public mutating func doubles(
    _ key: String, default fallback: [Double]? = nil,
    in range: some RangeExpression<Double> = (-Double.infinity)...
  ) throws(YAMLError) -> [Double] {
    try read(key, "a sequence of numbers", default: fallback) { node throws(YAMLError) in
      try node.elements { element throws(YAMLError) in try element.double(in: range) }
    }
  }

  /// A sequence of mappings; the caller finishes each of them.
  public mutating func mappings(
    _ key: String, default fallback: [YAMLMapping]? = nil
  ) throws(YAMLError) -> [YAMLMapping] {
    try read(key, "a sequence of mappings", default: fallback) { node throws(YAMLError) in
      try node.elements { element throws(YAMLError) in try YAMLMapping(element) }
    }
  }

  /// A mapping, which the caller finishes.
  ///
  /// - Parameter emptyIfAbsent: Whether an absent key stands for an empty mapping; otherwise it is an error.
  public mutating func mapping(
    _ key: String, emptyIfAbsent: Bool = false
  ) throws(YAMLError) -> YAMLMapping {
    let empty = YAMLMapping(entries: [], location: location, path: .key(key, in: path))
    return try read(key, "a mapping", default: emptyIfAbsent ? empty : nil) {
      node throws(YAMLError) in try YAMLMapping(node)
    }
  }

  /// A mapping; `nil` if the key is absent or null.
  public mutating func optionalMapping(_ key: String) throws(YAMLError) -> YAMLMapping? {
    try readOptional(key) { node throws(YAMLError) in try YAMLMapping(node) }
  }
}
