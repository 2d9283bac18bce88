/// Whether an order draws some classes or domains more often than they occur.
public enum SampleBalance: String, Sendable, CaseIterable {
  /// Every sample once an epoch.
  case none
  /// Every class equally often.
  case classes
  /// Every domain equally often, as DomainBed draws its batches (Gulrajani and Lopez-Paz, ICLR 2021).
  case domains
}
