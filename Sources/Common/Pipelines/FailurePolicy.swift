/// What an item does whose work fails.
public enum FailurePolicy: String, Sendable, CaseIterable, Codable {
  /// Ends the work with its error.
  case stop
  /// Is left out, and counted.
  case skip
}
