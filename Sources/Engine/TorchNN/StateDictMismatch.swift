/// All keys in which a state dict does not fit a module.
public struct StateDictMismatch: Error, Equatable, CustomStringConvertible {
  /// A key whose tensor has another shape than that of the module.
  public struct Misshaped: Equatable, Sendable {
    /// The key.
    public let key: String
    /// The module's shape.
    public let expected: [Int]
    /// The state dict's shape.
    public let found: [Int]
  }

  /// Keys of the module that the state dict lacks.
  public internal(set) var missing: [String] = []
  /// Keys of the state dict that the module lacks.
  public internal(set) var unexpected: [String] = []
  /// Keys of both with different shapes.
  public internal(set) var misshaped: [Misshaped] = []

  var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && misshaped.isEmpty }

  /// One sentence that names the first keys of each kind and counts the rest.
  public var description: String {
    var parts: [String] = []
    if !missing.isEmpty { parts.append("missing \(Self.list(missing))") }
    if !unexpected.isEmpty { parts.append("unexpected \(Self.list(unexpected))") }
    if !misshaped.isEmpty {
      let shapes = misshaped.map { "\($0.key) (expected \($0.expected), found \($0.found))" }
      parts.append("mis-shaped \(Self.list(shapes))")
    }
    return "the weights do not fit the network: " + parts.joined(separator: "; ")
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(6).joined(separator: ", ")
    return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
  }
}
