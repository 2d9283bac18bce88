import CTorch
import Synchronization

/// Work that libtorch's threads do at the same time, each a part.
final class ThreadedWork<Output: Sendable>: Sendable {
  private let body: @Sendable (Int) throws -> Output
  private let done: Mutex<[Result<Output, any Error>?]>

  /// Work in `count` parts, of which `body` does the one with a number from 0 on.
  init(count: Int, _ body: @escaping @Sendable (Int) throws -> Output) {
    self.body = body
    done = Mutex(Array(repeating: nil, count: count))
  }

  /// Does the work; gradients are recorded in all threads if in this one.
  /// - Throws: what `body` throws for the first part that fails.
  func results() throws -> [Output] {
    let count = done.withLock { $0.count }
    // Its type is not known to C.
    let run: Work = { [self] part in
      let result = Result { try body(part) }
      done.withLock { $0[part] = result }
    }
    let status = withUnsafePointer(to: run) { run in
      ct_in_threads(
        Int32(clamping: count),
        { context, part in context?.assumingMemoryBound(to: Work.self).pointee(Int(part)) },
        UnsafeMutableRawPointer(mutating: run))
    }
    guard status == 0 else { throw TorchError.last("ThreadedPass") }
    return try done.withLock { $0 }.compactMap(\.self).map { try $0.get() }
  }
}

private typealias Work = @Sendable (Int) -> Void
