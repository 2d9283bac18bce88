/// A computation that cannot be told as a list of operations.
public enum TraceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The result depends on an operation that a trace cannot record.
  case untraceable(operation: String)
  /// The result does not depend on the input.
  case independentOfInput

  /// What is wrong.
  public var description: String {
    switch self {
    case .untraceable(let operation): "the operation '\(operation)' has no counterpart in a graph"
    case .independentOfInput: "the result does not depend on the images"
    }
  }
}
