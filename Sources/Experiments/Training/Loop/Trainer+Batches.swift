import Datasets
import Generalization
import Runs
import Torch

extension Trainer {
  /// Lets the method look at training images before the first step; they are read only if it asks for any. Where there are
  /// several processes, the first does so for all.
  func prepareMethod() throws {
    if isWriter { try prepareMethodAlone() }
    if let processes { try experiment.spreadState(over: processes) }
  }

  private func prepareMethodAlone() throws {
    var loader: BatchLoader?
    defer { loader?.stop() }
    try experiment.method.prepare(student: experiment.network) {
      // As many as a method asks for, however short the run is; but not for ever, where nothing can be read.
      let passes = 16 * experiment.order.batchesPerEpoch
      let reading =
        try loader ?? makeLoader(ofShare: false, until: max(experiment.iterations, passes))
      loader = reading
      guard let batch = try reading.next() else {
        throw TrainingError.nothingReadable(path: experiment.task.trainingPath)
      }
      return try batch.queryTensor(on: experiment.device)
    }
  }

  /// Reads all remaining batches, or this process's share of each.
  /// - Parameter end: where they end; at the end of the run by default.
  func makeLoader(ofShare isShared: Bool = true, until end: Int? = nil) throws -> BatchLoader {
    let batches = experiment.order.batches(from: iteration, to: end ?? experiment.iterations)
    let (rank, size) = isShared ? (processes?.rank ?? 0, processes?.size ?? 1) : (0, 1)
    return BatchLoader(
      try experiment.samples(), batches: batches.lazy.map { $0.share(rank, of: size) },
      workers: experiment.steps.workers, policy: experiment.steps.onError,
      // Another process would wait for this one's part of the batch.
      leavesOutBatches: size == 1)
  }

  func takeStep(
    _ batch: Batch, _ input: Stepper.Input, _ share: SharedSteps.Share?,
    since start: ContinuousClock.Instant
  ) throws -> StepMetrics {
    let learningRate = experiment.learningRate(at: iteration)
    experiment.optimizer.begin(
      progress: Double(iteration) / Double(max(1, experiment.iterations)))
    let losses = try stepper.step(
      input, iteration: iteration, learningRate: learningRate, share: share)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    stepSeconds += seconds
    return StepMetrics(
      iteration: iteration, epoch: batch.epoch, learningRate: learningRate,
      losses: losses.adding(experiment.rates?.figures ?? []),
      imagesPerSecond: Double(share?.batch.total ?? batch.count) / max(seconds, 1e-9),
      indices: experiment.steps.logsIndices ? try indices(of: batch, share) : nil)
  }

  /// The samples of a batch, those of all processes.
  private func indices(of batch: Batch, _ share: SharedSteps.Share?) throws -> [Int] {
    guard let processes, let share else { return batch.indices }
    let own = try Tensor(batch.indices.map(Int64.init))
    return try processes.allGatherRows(own, counts: share.counts)
      .scalars(Int64.self).map(Int.init)
  }

  /// Reports which samples the loader left out since the last call.
  func tellSkipped(_ loader: BatchLoader) throws {
    let skipped = loader.skippedSamples
    for sample in skipped.dropFirst(skippedCount) {
      try tell(.skipped(reason: "\(sample.error)"))
    }
    skippedCount = skipped.count
  }
}
