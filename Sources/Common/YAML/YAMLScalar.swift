/// A scalar as it was written.
public struct YAMLScalar: Hashable, Sendable {
  /// How a scalar is written.
  public enum Style: Hashable, Sendable {
    /// Without quotes: its type depends on the text.
    case plain
    /// Quoted, a block, or tagged `!!str`: always text.
    case quoted
  }

  /// The text, with quotes removed and escapes replaced.
  public let text: String
  /// How the text was written.
  public let style: Style

  /// Creates a scalar.
  public init(text: String, style: Style) {
    self.text = text
    self.style = style
  }

  /// The value by YAML 1.2's core schema: null, a boolean, an integer, a float or text.
  ///
  /// An integer that does not fit 64 bits is read as a float.
  public var value: YAMLValue {
    style == .plain ? CoreSchema.value(of: text) : .string(text)
  }

  /// How an error describes the scalar.
  var summary: String {
    switch value {
    case .null: "nothing"
    case .boolean: "the boolean \(text)"
    case .integer: "the integer \(text)"
    case .double: "the number \(text.shortened)"
    default: "the text '\(text.shortened)'"
    }
  }
}
