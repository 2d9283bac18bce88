import Synchronization

/// A request to stop a run after the current step; any holder of this object can make the request, from any thread.
public final class Interruption: Sendable {
  private let requested = Atomic(false)

  /// Creates an interruption that has not been requested yet.
  public init() {}

  /// Whether the run should stop after the current step.
  public var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Asks the run to stop after the current step.
  public func request() {
    requested.store(true, ordering: .relaxed)
  }
}
