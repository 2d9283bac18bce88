/// What happens when the work on an item fails.
public enum FailurePolicy: String, Sendable, CaseIterable, Codable {
  /// The work ends with the item's error.
  case stop
  /// The item is left out, and counted.
  case skip
}
