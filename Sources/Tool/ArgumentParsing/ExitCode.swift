/// The exit code of a process; when thrown from `run()`, it ends the command without a message.
public struct ExitCode: Error, Hashable, Sendable {
  /// The number the process exits with.
  public let rawValue: Int32

  /// Creates an exit code from its number.
  public init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// The command did its work: 0.
  public static let success = ExitCode(0)
  /// The command failed: 1.
  public static let failure = ExitCode(1)
  /// The command was called wrongly: 64.
  public static let validationFailure = ExitCode(64)
}
