/// The help of one argument; a string literal is its abstract.
public struct ArgumentHelp: ExpressibleByStringInterpolation, Sendable {
  /// One line that says what the argument is for.
  public var abstract: String
  /// The name of the value in help and errors; the argument's name where `nil`.
  public var valueName: String?

  /// Creates a help text.
  public init(_ abstract: String = "", valueName: String? = nil) {
    self.abstract = abstract
    self.valueName = valueName
  }

  /// Creates a help text from its abstract.
  public init(stringLiteral abstract: String) { self.init(abstract) }
}
