import Synchronization

/// A request that a run stop after the step under way; whoever holds it may make it, from any thread.
public final class Interruption: Sendable {
  private let requested = Atomic(false)

  /// An interruption that nobody requests yet.
  public init() {}

  /// Whether the run should stop after the step under way.
  public var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Asks the run to stop after the step under way.
  public func request() {
    requested.store(true, ordering: .relaxed)
  }
}
