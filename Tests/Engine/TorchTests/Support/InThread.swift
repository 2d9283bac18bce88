import Foundation
import Synchronization

/// Work done in a thread of its own while this one waits.
enum InThread {
  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
    let finished = DispatchSemaphore(value: 0)
    let holder = Holder<Value>()
    Thread.detachNewThread {
      let outcome = Result { try body() }
      holder.result.withLock { $0 = outcome }
      finished.signal()
    }
    finished.wait()
    guard let outcome = holder.result.withLock({ $0 }) else { throw Unfinished() }
    return try outcome.get()
  }

  private struct Unfinished: Error {}

  private final class Holder<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
  }
}
