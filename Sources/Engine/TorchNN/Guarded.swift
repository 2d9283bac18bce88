import Synchronization

/// What a module keeps from one pass for the next; threads that run passes at the same time take turns with it.
///
/// A class, since a `ModuleWalk` looks at copies of a module's properties.
final class Guarded<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: Value) {
    self.value = Mutex(value)
  }

  /// Runs `body` with the value, which no other thread sees meanwhile.
  func withLock<Result: Sendable, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try value.withLock { value throws(Failure) in try body(&value) }
  }
}
