import Messages

/// Reads a mapping key by key, and in the end refuses the keys that were never read.
///
/// ```swift
/// var optimizer = try recipe.mapping("optimizer")
/// let rate = try optimizer.double("lr", default: 0.01, in: 0...1)
/// try optimizer.finish()
/// ```
public struct YAMLMapping: Sendable {
  /// Where the mapping is written.
  public let location: YAMLLocation
  /// The keys that lead to the mapping.
  public let path: YAMLPath

  private let entries: [YAMLNode.Entry]
  private var knownKeys = [String]()

  /// Creates a reader of a node.
  ///
  /// - Throws: ``YAMLError`` where the node is not a mapping.
  public init(_ node: YAMLNode) throws(YAMLError) {
    guard case .mapping(let entries) = node.content else { throw node.mismatch("a mapping") }
    self.init(entries: entries, location: node.location, path: node.path)
  }

  init(entries: [YAMLNode.Entry], location: YAMLLocation, path: YAMLPath) {
    self.entries = entries
    self.location = location
    self.path = path
  }

  /// The mapping's keys in their order, whether they were read or not.
  public var keys: [String] { entries.map(\.key) }

  /// The node of a key, `nil` where the key is absent or null.
  public mutating func optionalNode(_ key: String) -> YAMLNode? {
    knownKeys.append(key)
    let node = entries.first { $0.key == key }?.value
    return node?.isNull == true ? nil : node
  }

  /// Refuses keys that were never read.
  ///
  /// - Throws: ``YAMLError`` that names the first such key and the known one nearest to it.
  public func finish(of owner: String? = nil) throws(YAMLError) {
    let known = Set(knownKeys)
    guard let unknown = entries.first(where: { !known.contains($0.key) }) else { return }
    let nearest = nearestName(to: unknown.key, among: knownKeys)
    let problem: YAMLError.Problem =
      if let owner, nearest == nil {
        .foreignKey(unknown.key, owner: owner)
      } else {
        .unknownKey(unknown.key, nearest: nearest)
      }
    throw YAMLError(problem, at: unknown.location, path: path)
  }

  /// The converted node of a key, or a default if the key is absent or null.
  mutating func read<Value>(
    _ key: String, _ expected: String, default fallback: Value?,
    _ convert: (YAMLNode) throws(YAMLError) -> Value
  ) throws(YAMLError) -> Value {
    if let node = optionalNode(key) { return try convert(node) }
    guard let fallback else { throw missing(key, expected) }
    return fallback
  }

  /// The converted node of a key, `nil` if the key is absent or null.
  mutating func readOptional<Value>(
    _ key: String, _ convert: (YAMLNode) throws(YAMLError) -> Value
  ) throws(YAMLError) -> Value? {
    guard let node = optionalNode(key) else { return nil }
    return try convert(node)
  }

  /// The error for a missing required key; where an unknown key is similar to it, that one is reported as misspelt.
  private func missing(_ key: String, _ expected: String) -> YAMLError {
    let misspelt = entries.first {
      !knownKeys.contains($0.key) && nearestName(to: $0.key, among: [key]) != nil
    }
    guard let misspelt else {
      return YAMLError(.missingKey(key, expected: expected), at: location, path: path)
    }
    return YAMLError(
      .unknownKey(misspelt.key, nearest: key), at: misspelt.location, path: path)
  }
}
