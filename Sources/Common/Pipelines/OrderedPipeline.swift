import Foundation
import Synchronization

/// Works on items in threads, ahead of whoever uses the results, and hands the results over in the order of the items.
///
/// The number of workers changes when an item is worked on, never what comes out or in which order. The items are taken
/// one by one, so that they can be a lazy sequence of any length. The threads end after the last item, after an error
/// that is handed over, at `stop`, and when nobody holds the pipeline any more.
public final class OrderedPipeline<Output: Sendable>: Sendable {
  /// An item that was left out: its place among the items, from 0, and why.
  public typealias Skipped = (number: Int, error: any Error)

  private let state: PipelineState<Output>
  private let policy: FailurePolicy
  private let left = Mutex<[Skipped]>([])

  /// A pipeline, which starts to work at once.
  /// - Parameters:
  ///   - items: what is worked on; taken by one thread at a time, so that it needs no lock of its own.
  ///   - workers: the threads, at least one; each item is worked on by one of them.
  ///   - bound: the items that are worked on or finished, but not yet handed over, at most; by default one more than there
  ///     are workers.
  ///   - policy: what an item does whose work fails.
  ///   - name: what the threads are called; Linux shows the first 15 bytes.
  ///   - work: makes an item's result; called from any of the threads.
  public init<Item: Sendable>(
    _ items: sending some Sequence<Item>, workers: Int, bound: Int? = nil,
    policy: FailurePolicy = .stop, name: String = "pipeline",
    work: @escaping @Sendable (Item) throws -> Output
  ) {
    let workers = max(1, workers)
    self.policy = policy
    state = PipelineState(items, bound: max(1, bound ?? workers + 1), work: work)
    // Foundation can name a thread once `detachNewThread` has returned.
    let starting = NSLock()
    starting.withLock {
      for _ in 0..<workers {
        // The threads hold the state alone; else they would keep alive the pipeline whose end is to end them.
        Thread.detachNewThread { [state] in
          starting.withLock { Thread.current.name = name }
          state.work()
        }
      }
    }
  }

  deinit { stop() }

  /// The next result; nil after the last, and after a stop.
  /// - Throws: the error of the first item that failed under the policy `stop`; there is nothing after it.
  public func next() throws -> Output? {
    while let (number, result) = state.next() {
      switch result {
      case .success(let output): return output
      case .failure(let error) where policy == .stop:
        stop()
        throw error
      case .failure(let error):
        left.withLock { $0.append((number, error)) }
      }
    }
    return nil
  }

  /// Returns when the next `count` calls of `next` need not wait, as far as the bound lets results gather: a consumer
  /// that needs many small results together sleeps once.
  public func wait(for count: Int) {
    state.wait(for: count)
  }

  /// The items that were left out so far, in order.
  public var skipped: [Skipped] { left.withLock { $0 } }

  /// Lets no thread take another item, and drops what is finished; work under way goes on to its end, unheard.
  public func stop() {
    state.stop()
  }

  /// As `stop`, and returns when no work is under way any more.
  public func stopAndWait() {
    state.stop()
    state.waitUntilIdle()
  }
}
