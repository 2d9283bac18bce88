/// Whether an order draws some classes more often than they occur.
public enum SampleBalance: String, Sendable, CaseIterable {
  /// Every sample once an epoch.
  case none
  /// Every class equally often.
  case classes
}
