/// An error in the way the command was called, reported together with its usage.
public struct ValidationError: Error, CustomStringConvertible, Sendable {
  /// What is wrong, as a sentence without its full stop.
  public var message: String

  /// Creates an error with the sentence to report.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}
