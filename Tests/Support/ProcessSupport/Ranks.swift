import Foundation
import Synchronization
import Torch

/// Ranks of a process group, each in a thread of its own instead of a process: libtorch does not see the difference, but for
/// its recorder of operations, which is made for one thread and is turned off here.
package enum Ranks {
  private static let isReady = setenv("TORCH_FR_BUFFER_SIZE", "0", 1) == 0

  /// Runs `body` in every rank and returns the results by rank.
  /// - Throws: the error of the first rank that fails.
  package static func run<Value>(
    _ size: Int, limits: ProcessGroup.Limits = .init(joining: .seconds(60), silence: .seconds(60)),
    _ body: @escaping @Sendable (ProcessGroup) throws -> Value
  ) throws -> [Value] {
    try outcomes(size, limits: limits, body).map { try $0.get() }
  }

  /// The same with the error of each rank that fails.
  package static func outcomes<Value>(
    _ size: Int, limits: ProcessGroup.Limits = .init(joining: .seconds(60), silence: .seconds(60)),
    _ body: @escaping @Sendable (ProcessGroup) throws -> Value
  ) throws -> [Result<Value, any Error>] {
    precondition(isReady)
    let store = try ProcessStore()
    return inThreads(size) { rank in
      let group = try ProcessGroup(store.place(of: rank, among: size), limits: limits) { _ in }
      do {
        let value = try body(group)
        try group.leave()
        return value
      } catch {
        group.fail(error)
        throw error
      }
    }
  }

  /// Runs `body` in as many threads at once.
  package static func inThreads<Value>(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
  ) -> [Result<Value, any Error>] {
    let results = Results<Value>(count)
    // Each rank's operations have one thread, as where processes divide the cores of a machine.
    let threads = Libtorch.threadCount
    defer { try? Libtorch.setThreadCount(threads) }
    let finished = DispatchGroup()
    for number in 0..<count {
      finished.enter()
      let thread = Thread {
        results.values[number] = Result {
          try Libtorch.setThreadCount(1)
          return try body(number)
        }
        finished.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    finished.wait()
    return results.values.compactMap(\.self)
  }

  /// A place for each thread's result.
  private final class Results<Value>: @unchecked Sendable {
    let values: UnsafeMutableBufferPointer<Result<Value, any Error>?>

    init(_ count: Int) {
      values = .allocate(capacity: count)
      values.initialize(repeating: nil)
    }

    deinit {
      values.deinitialize()
      values.deallocate()
    }
  }
}
