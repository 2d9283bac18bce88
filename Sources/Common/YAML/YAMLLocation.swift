/// Where a node comes from: a place in a file, or the command-line override that set it.
public struct YAMLLocation: Hashable, Sendable, CustomStringConvertible {
  /// The file's name, or what an override sets: `override optimizer.lr`.
  public let source: String
  /// The line, from 1; `nil` where the source has no lines.
  public let line: Int?
  /// The column in characters, from 1; `nil` where the source has no lines.
  public let column: Int?

  /// Creates a location.
  public init(source: String, line: Int? = nil, column: Int? = nil) {
    self.source = source
    self.line = line
    self.column = column
  }

  /// `recipe.yaml:12`, or the source alone.
  public var description: String { line.map { "\(source):\($0)" } ?? source }
}
