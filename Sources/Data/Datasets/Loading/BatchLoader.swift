import Pipelines
import Synchronization

/// Reads batches in threads, before they are needed, and hands them over in order.
///
/// The threads share the samples of a batch, so that all workers read a single batch together. Their number affects when
/// a sample is read, but never its contents or its position. The threads end after the last batch, at `stop`, or when
/// nothing refers to the loader any more.
public final class BatchLoader: Sendable {
  /// What happens to a sample that cannot be read: it stops the run with its error, or is left out of its batch and counted.
  public typealias ErrorPolicy = FailurePolicy

  /// A sample that was read into its batch, or why it could not be.
  private struct ReadSample: Sendable {
    let batch: Batch
    let position: Int
    let failure: (any Error)?
  }

  private let samples: OrderedPipeline<ReadSample>
  /// Whether a batch of which no sample can be read is left out.
  private let leavesOutBatches: Bool
  /// The samples of most batches.
  private let batchSize: Int
  private let skipped = Mutex<[(index: Int, error: any Error)]>([])

  /// A loader of batches that each belong to one pass, that of their epoch, which starts to read at once.
  /// - Parameters: as below; `plan` holds the samples of each batch, in order, with its epoch.
  public convenience init(
    _ source: any SampleSource, plan: sending some Sequence<(epoch: Int, indices: [Int])>,
    workers: Int, lookahead: Int = 3, policy: ErrorPolicy = .stop
  ) {
    self.init(
      source, batches: plan.lazy.map { PlannedBatch(epoch: $0.epoch, indices: $0.indices) },
      workers: workers, lookahead: lookahead, policy: policy)
  }

  /// A loader of `batches`, which starts to read at once.
  /// - Parameters:
  ///   - source: where the samples come from.
  ///   - batches: the samples of each batch, in order, with the pass that seeds their augmentation. A batch is taken from it
  ///     when its reading begins, so that it can be a lazy sequence of any length.
  ///   - workers: the number of threads that read.
  ///   - lookahead: the largest number of batches that are read ahead, counted in batches of the first one's size.
  ///   - policy: what happens to a sample that cannot be read.
  ///   - leavesOutBatches: whether, under the policy `skip`, a batch of which no sample can be read is left out; otherwise it
  ///     stops the run with the error of its first sample.
  public init(
    _ source: any SampleSource, batches: sending some Sequence<PlannedBatch>,
    workers: Int, lookahead: Int = 3, policy: ErrorPolicy = .stop, leavesOutBatches: Bool = true
  ) {
    self.leavesOutBatches = leavesOutBatches
    let planned = PlannedSamples(batches.makeIterator(), layout: source.layout)
    batchSize = planned.batchSize
    samples = OrderedPipeline(
      planned, workers: workers, bound: max(1, lookahead) * planned.batchSize, name: "batch loader"
    ) { sample in
      do {
        try source.write(
          sample.batch.indices[sample.position], epoch: sample.batch.passes[sample.position],
          into: sample.batch.slot(sample.position))
      } catch  where policy == .skip {
        return ReadSample(batch: sample.batch, position: sample.position, failure: error)
      }
      return ReadSample(batch: sample.batch, position: sample.position, failure: nil)
    }
  }

  /// Ends the threads; an unfinished batch is dropped.
  public func stop() {
    samples.stop()
  }

  /// The samples that were left out so far, each with the reason.
  public var skippedSamples: [(index: Int, error: any Error)] {
    skipped.withLock { $0 }
  }

  /// The next batch; nil after the last. Only one thread may call this at a time.
  /// - Throws: the error of the batch's first unreadable sample under the policy `stop`.
  public func next() throws -> Batch? {
    while true {
      samples.wait(for: batchSize)
      guard let first = try samples.next() else { return nil }
      let batch = first.batch
      var read = [first]
      while read.count < batch.count {
        guard let sample = try samples.next() else { return nil }
        read.append(sample)
      }
      let failed = read.compactMap { sample in
        sample.failure.map { (batch.indices[sample.position], $0) }
      }
      if failed.isEmpty { return batch }
      skipped.withLock { $0 += failed }
      let readable = read.filter { $0.failure == nil }.map(\.position)
      if !readable.isEmpty { return batch.keeping(readable) }
      if !leavesOutBatches { throw failed[0].1 }
    }
  }
}
