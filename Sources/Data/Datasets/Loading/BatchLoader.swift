import Foundation

/// Reads batches ahead of whoever uses them, in threads, and hands them over in order.
///
/// The number of workers changes when a sample is read, never what it holds or where it stands. The threads end
/// after the last batch, or at `stop`.
public final class BatchLoader: @unchecked Sendable {
  /// What a sample that cannot be read does.
  public enum ErrorPolicy: String, Sendable, CaseIterable, Codable {
    /// Stops the run with the sample's error.
    case stop
    /// Is left out of its batch, and counted.
    case skip
  }

  /// A batch under way.
  private final class Work {
    let batch: Batch
    var nextSlot = 0
    var unfinished: Int
    var failures: [Int: any Error] = [:]

    init(_ batch: Batch) {
      self.batch = batch
      unfinished = batch.count
    }
  }

  private let source: any SampleSource
  private let plan: [(epoch: Int, indices: [Int])]
  private let policy: ErrorPolicy
  private let lookahead: Int

  /// Guards everything below.
  private let condition = NSCondition()
  private var started: [Work] = []
  private var nextPlanned = 0
  private var isStopped = false
  private var skipped: [(index: Int, error: any Error)] = []

  /// A loader of the batches of `plan`, which starts to read at once.
  /// - Parameters:
  ///   - source: where the samples come from.
  ///   - plan: the samples of each batch, in order, with the epoch that seeds their augmentation.
  ///   - workers: the threads that read.
  ///   - lookahead: the batches read ahead, at most.
  ///   - policy: what a sample that cannot be read does.
  public init(
    _ source: any SampleSource, plan: [(epoch: Int, indices: [Int])], workers: Int,
    lookahead: Int = 3, policy: ErrorPolicy = .stop
  ) {
    self.source = source
    self.plan = plan
    self.policy = policy
    self.lookahead = max(1, lookahead)
    for _ in 0..<max(1, workers) {
      let thread = Thread { [self] in
        while readOneSample() {}
      }
      thread.name = "batch loader"
      thread.start()
    }
  }

  /// Ends the threads; a batch under way is dropped.
  public func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }

  /// The samples that were left out so far, each with the reason.
  public var skippedSamples: [(index: Int, error: any Error)] {
    condition.withLock { skipped }
  }

  /// The next batch; nil after the last.
  /// - Throws: the error of the batch's first unreadable sample under the policy `stop`.
  public func next() throws -> Batch? {
    while true {
      guard let work = waitForFirst() else { return nil }
      if work.failures.isEmpty { return work.batch }
      let failed = work.failures.sorted { $0.key < $1.key }
      if policy == .stop, let first = failed.first {
        stop()
        throw first.value
      }
      condition.withLock {
        skipped += failed.map { (work.batch.indices[$0.key], $0.value) }
      }
      let readable = (0..<work.batch.count).filter { work.failures[$0] == nil }
      if !readable.isEmpty { return work.batch.keeping(readable) }
    }
  }

  /// The oldest batch once all of it is read, taken off the list.
  private func waitForFirst() -> Work? {
    condition.withLock {
      while !isStopped {
        if let first = started.first, first.unfinished == 0 {
          started.removeFirst()
          condition.broadcast()
          return first
        }
        if started.isEmpty, nextPlanned == plan.count { return nil }
        condition.wait()
      }
      return nil
    }
  }

  /// One sample of the oldest batch that has some left; false once there is nothing more to do.
  private func readOneSample() -> Bool {
    guard let (work, position) = nextSlot() else { return false }
    var failure: (any Error)?
    do {
      try source.write(
        work.batch.indices[position], epoch: work.batch.epoch, into: work.batch.slot(position))
    } catch {
      failure = error
    }
    condition.withLock {
      work.failures[position] = failure
      work.unfinished -= 1
      if work.unfinished == 0 { condition.broadcast() }
    }
    return true
  }

  private func nextSlot() -> (Work, Int)? {
    condition.withLock {
      while !isStopped {
        if let work = started.first(where: { $0.nextSlot < $0.batch.count }) {
          defer { work.nextSlot += 1 }
          return (work, work.nextSlot)
        }
        if nextPlanned == plan.count { return nil }
        if started.count < lookahead {
          let planned = plan[nextPlanned]
          nextPlanned += 1
          started.append(
            Work(Batch(indices: planned.indices, epoch: planned.epoch, layout: source.layout)))
        } else {
          condition.wait()
        }
      }
      return nil
    }
  }
}
