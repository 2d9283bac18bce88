import Foundation
import Synchronization

/// Works on items in threads, ahead of the consumer, and hands the results over in the order of the items.
///
/// The number of workers affects when an item is worked on, but never the results or their order. The items are taken
/// one by one, so they can be a lazy sequence of any length. The threads end after the last item, after an error
/// that is handed over, at `stop`, and when nothing refers to the pipeline any more.
public final class OrderedPipeline<Output: Sendable>: Sendable {
  /// An item that was left out: its position among the items, from 0, and the reason.
  public typealias Skipped = (number: Int, error: any Error)

  private let state: PipelineState<Output>
  private let policy: FailurePolicy
  private let left = Mutex<[Skipped]>([])

  /// A pipeline, which starts to work at once.
  /// - Parameters:
  ///   - items: the items to work on; one thread at a time takes an item, so the sequence needs no lock of its own.
  ///   - workers: the number of threads, at least one; each item is worked on by one of them.
  ///   - bound: the largest number of items that are worked on or finished, but not yet handed over; by default one more
  ///     than there are workers.
  ///   - policy: what happens when the work on an item fails.
  ///   - name: the name of the threads; Linux shows the first 15 bytes.
  ///   - work: computes the result of an item; called from any of the threads.
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
        // The threads refer to the state only; otherwise they would keep the pipeline alive, whose end must end them.
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

  /// Returns when the next `count` calls of `next` need not wait, as far as the bound allows: a consumer that needs
  /// many small results together then sleeps only once.
  public func wait(for count: Int) {
    state.wait(for: count)
  }

  /// The items that were left out so far, in order.
  public var skipped: [Skipped] { left.withLock { $0 } }

  /// Lets no thread take another item, and drops the finished results. Work that has begun continues to its end, and its
  /// result is dropped too.
  public func stop() {
    state.stop()
  }

  /// Does the same as `stop`, and returns when no thread is working any more.
  public func stopAndWait() {
    state.stop()
    state.waitUntilIdle()
  }
}
