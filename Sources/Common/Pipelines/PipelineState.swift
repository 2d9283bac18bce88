import Foundation

/// What the threads of a pipeline share with the consumer of their results.
///
/// `@unchecked`, since the compiler cannot see which lock guards what: `nextJob` is used only under the lock `source`,
/// every other variable only under `condition`. There are two locks so that a slow sequence of items does not hold back
/// finished results.
final class PipelineState<Output: Sendable>: @unchecked Sendable {
  typealias Job = () throws -> Output

  private let bound: Int

  /// Held by the one worker that takes an item, also while it waits until another item is allowed.
  private let source = NSLock()
  /// The work on the next item; nil when no item is left.
  private var nextJob: (() -> Job?)?

  private let condition = NSCondition()
  private var finished: [Int: Result<Output, any Error>] = [:]
  /// The results that can be handed over, one after the other.
  private var ready = 0
  /// The sleeping consumers, and how many results wake them: each waking costs as much time as a small picture.
  private var sleepers = 0
  private var wanted = 0
  private var taken = 0
  private var handedOver = 0
  private var underWay = 0
  /// Whether no further item is taken: after the last, or after a stop.
  private var isClosed = false
  private var isStopped = false

  /// - Parameters:
  ///   - items: the items to work on.
  ///   - bound: the largest number of items that are taken but not handed over.
  ///   - work: computes the result of an item.
  init<Item: Sendable>(
    _ items: sending some Sequence<Item>, bound: Int,
    work: @escaping @Sendable (Item) throws -> Output
  ) {
    self.bound = bound
    var iterator = items.makeIterator()
    nextJob = { iterator.next().map { item in { try work(item) } } }
  }

  /// What a thread does.
  func work() {
    while let (number, job) = takeJob() {
      finish(number, with: Result { try job() })
    }
  }

  /// Returns when `count` results, or all that there will be, can be handed over without a wait.
  func wait(for count: Int) {
    condition.withLock { sleep(until: count) }
  }

  /// The next item's result, once it is there; nil after the last, or after a stop.
  func next() -> (number: Int, result: Result<Output, any Error>)? {
    condition.withLock {
      sleep(until: 1)
      guard let result = finished.removeValue(forKey: handedOver) else { return nil }
      // Threads wait for room only when there was none.
      if taken - handedOver == bound { condition.broadcast() }
      defer { handedOver += 1 }
      ready -= 1
      return (handedOver, result)
    }
  }

  /// Sleeps until `count` results, or as many as there can be, are ready; the caller holds the lock of `condition`.
  private func sleep(until count: Int) {
    let count = min(count, bound)
    wanted = sleepers == 0 ? count : min(count, wanted)
    sleepers += 1
    while !isStopped, !isLastReady, ready < count { condition.wait() }
    sleepers -= 1
  }

  private var isLastReady: Bool { isClosed && handedOver + ready == taken }

  func stop() {
    // Dropped results may be large, and freeing them may run any code: so they are freed outside the lock.
    let dropped = condition.withLock {
      defer {
        finished = [:]
        ready = 0
      }
      isStopped = true
      isClosed = true
      condition.broadcast()
      return finished
    }
    withExtendedLifetime(dropped) {}
  }

  func waitUntilIdle() {
    condition.withLock {
      while underWay > 0 { condition.wait() }
    }
  }

  private func takeJob() -> (number: Int, job: Job)? {
    source.withLock {
      if waitForRoom(), let job = nextJob?(), let number = begin() { return (number, job) }
      nextJob = nil
      close()
      return nil
    }
  }

  /// Waits until one more item may be taken; false if none may any more.
  private func waitForRoom() -> Bool {
    condition.withLock {
      while !isClosed, taken - handedOver >= bound { condition.wait() }
      return !isClosed
    }
  }

  /// The number of an item that was just taken; nil if the pipeline was stopped meanwhile.
  private func begin() -> Int? {
    condition.withLock {
      if isStopped { return nil }
      defer {
        taken += 1
        underWay += 1
      }
      return taken
    }
  }

  private func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  private func finish(_ number: Int, with result: Result<Output, any Error>) {
    condition.withLock {
      underWay -= 1
      if !isStopped {
        finished[number] = result
        while finished[handedOver + ready] != nil { ready += 1 }
      }
      if isStopped || isLastReady || sleepers > 0 && ready >= wanted { condition.broadcast() }
    }
  }
}
