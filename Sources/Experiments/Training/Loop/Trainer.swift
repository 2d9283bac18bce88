import Backbones
import Datasets
import Files
import Foundation
import Generalization
import Runs
import Torch
import TorchNN

/// Trains an experiment and tells observers about it.
public final class Trainer {
  private let experiment: Experiment
  private let stepper: Stepper
  private let recorder: StepRecorder?
  private let folder: RunFolder
  private let interruption: Interruption
  /// The processes that share the run; nil where there is only this one.
  private let processes: ProcessGroup?
  /// What writes the run's folder; nil in all processes but the first.
  private let records: MetricsRecorder?
  private let lock: FileLock?
  private var observers: [any TrainingObserver]
  private var warnings: [String] = []
  private let checkpoints: RunCheckpoints
  private var evaluations: EvaluationLog
  private var watch: DivergenceWatch
  private var iteration: Int
  private var stepSeconds = 0.0
  private var evaluatedIteration: Int?
  /// The temperatures that the evaluation after `evaluatedIteration` steps gave, by the weights that were judged.
  private var calibrations: [StudentWeights?: Calibration] = [:]
  /// What that evaluation found of every image, as lines of `predictions.jsonl`.
  private var predictions: [StudentWeights?: Data] = [:]
  /// Whether the held-out figure has not improved for as many evaluations as the plan waits.
  private var isPatienceOver = false
  private var skippedCount = 0
  private var isUnrecordedTold = false

  /// A trainer that writes to `folder`, which is locked for it as long as it exists, from the start or from a checkpoint.
  ///
  /// Where several processes share the run, each makes a trainer of the same experiment and the same folder, which the first
  /// alone writes; all see the checkpoint.
  /// - Parameters:
  ///   - acceptsChangedData: whether a run continues even if its data have changed.
  ///   - extends: whether a run continues even if the recipe gives it another length.
  ///   - processes: the processes that share the run.
  /// - Throws: `TrainingError` where the folder cannot be written, is used by another process, holds a run that should not be
  ///   continued, or has lost something that is needed to continue; `TrainingError.otherRank` where processes differ, and
  ///   `ProcessGroupError`.
  public init(
    _ experiment: Experiment, folder: RunFolder, resumingFrom checkpointPath: String? = nil,
    acceptsChangedData: Bool = false, extends: Bool = false, observers: [any TrainingObserver] = [],
    interruption: Interruption = Interruption(), processes: ProcessGroup? = nil
  ) throws {
    self.experiment = experiment
    self.processes = processes
    let isWriter = (processes?.rank ?? 0) == 0
    if let processes { try experiment.requireImages(for: processes) }
    recorder =
      experiment.recordsSteps && processes == nil ? StepRecorder(on: experiment.device) : nil
    stepper = Stepper(
      experiment.network, experiment.method, experiment.optimizer,
      frozenPrecision: experiment.steps.frozenPrecision,
      clipNorm: experiment.steps.clipNorm, seed: experiment.seed, recorder: recorder,
      sharing: processes.map { SharedSteps(of: experiment.optimizer.parameters, with: $0) })
    self.folder = folder
    checkpoints = RunCheckpoints(experiment, in: folder)
    self.interruption = interruption
    lock = isWriter ? try folder.lock() : nil
    var warnings: [String] = []
    var isLengthened = false
    if let checkpointPath {
      try folder.requireOwn(checkpoint: checkpointPath)
      let (checkpoint, isExtended) = try Checkpoint.resuming(
        experiment, from: checkpointPath, acceptsChangedData: acceptsChangedData, extends: extends)
      isLengthened = isExtended
      iteration = checkpoint.iteration
      stepSeconds = checkpoint.seconds
      watch = try checkpoint.divergenceWatch(readFrom: checkpointPath)
      calibrations = try checkpoint.calibrations(readFrom: checkpointPath)
      predictions = checkpoint.predictions
      evaluations = try EvaluationLog(
        of: checkpoint, at: checkpointPath, in: folder, rule: experiment.selectionRule,
        isDue: experiment.isEvaluationDue(after:), warn: { warnings.append($0) })
    } else {
      guard !isWriter || !folder.holdsRun else {
        throw TrainingError.runExists(path: folder.path)
      }
      iteration = 0
      evaluations = EvaluationLog()
      watch = DivergenceWatch()
    }
    // A run that is resumed at its end must not be evaluated a second time.
    if !evaluations.records(at: iteration).isEmpty { evaluatedIteration = iteration }
    if let processes {
      // From here on all have read what the first process writes anew.
      try RunIdentity(of: experiment, after: iteration).requireSame(in: processes, of: experiment)
      try experiment.spreadState(over: processes)
    }
    guard isWriter else {
      records = nil
      self.observers = observers
      checkPatience()
      return
    }
    try folder.create()
    if let checkpointPath,
      evaluatedIteration != nil || !experiment.isEvaluationDue(after: iteration)
    {
      let state = RunState(
        iteration: iteration, seconds: stepSeconds, evaluations: evaluations,
        calibrations: calibrations, predictions: predictions, watch: watch)
      try checkpoints.ensure(state, from: checkpointPath)
    }
    if isLengthened { warnings.append(try folder.extend(experiment, after: iteration)) }
    if let recipe = experiment.recipe {
      try folder.write(Data(recipe.text().utf8), to: folder.recipe)
    }
    try folder.write(experiment.data.listing, to: folder.data)
    if let warning = try folder.addStart(
      of: experiment, after: iteration, resumingFrom: checkpointPath,
      processes: processes?.size ?? 1)
    {
      warnings.append(warning)
    }
    let records = try MetricsRecorder(
      folder, from: iteration, evaluations: evaluations, warn: { warnings.append($0) })
    self.records = records
    self.warnings = warnings
    self.observers = [records, try TensorBoardRecorder(folder)] + observers
    checkPatience()
  }

  /// Trains to the end and returns the figures of the checkpoint that the selection rule chooses, the same in all processes.
  /// - Throws: `TrainingError.lossNotFinite`, `.interrupted`, or any other error of a step; files written before are kept.
  public func run() throws -> RunResults {
    try tell(.started(RunDescription(of: experiment, after: iteration, in: folder)))
    for reason in warnings { try tell(.damaged(reason: reason)) }
    // The figures of a run that was already finished stay as they are.
    if iteration >= experiment.iterations || isPatienceOver,
      let results = try? folder.finishedResults()
    {
      return try finish(results)
    }
    if iteration == 0 { try prepareMethod() }
    if iteration > 0, isEvaluationDue, evaluatedIteration != iteration {
      try evaluate()
      if isWriter { try checkpoints.ensure(state) }
    }
    let loader = try makeLoader()
    let feed = BatchFeed(loader, on: experiment.device)
    defer { feed.stop() }
    let start = iteration
    var clock = ContinuousClock.now
    while !isPatienceOver, let (batch, input) = try feed.next() {
      try tellSkipped(loader)
      let step = try takeStep(batch, input, since: clock)
      try tell(.step(step))
      if let warning = watch.see(step, classes: experiment.task.classNames.count) {
        try tell(.warned(warning))
      }
      try tellUnrecorded()
      clock = .now
      iteration += 1
      try experiment.average?.update(after: iteration)
      if isEvaluationDue {
        try evaluate()
        clock = .now
      }
      if try isStopping(), iteration < experiment.iterations, !isPatienceOver {
        try experiment.requireFinite(after: iteration)
        try writeLast()
        try processes?.leave()
        throw TrainingError.interrupted(iteration: iteration, checkpoint: folder.lastCheckpoint)
      }
    }
    try tellSkipped(loader)
    guard iteration > start || start == experiment.iterations || isPatienceOver else {
      throw TrainingError.nothingReadable(path: experiment.task.trainingPath)
    }
    // Fewer steps than planned are possible if whole batches were unreadable.
    if evaluatedIteration != iteration { try evaluate() }
    let skipped = try processes?.sums([skippedCount])[0] ?? skippedCount
    return try finish(
      experiment.results(of: state, skipped: skipped, endsEarly: isPatienceOver))
  }

  /// Ends the run, after making sure that the best checkpoint is the one that the results describe.
  private func finish(_ results: RunResults) throws -> RunResults {
    if isWriter {
      try checkpoints.ensure(state, best: results.iteration)
      try checkpoints.writePredictions(results)
    }
    try tell(.finished(results))
    try processes?.leave()
    return results
  }

  /// Whether this process writes the run's folder.
  private var isWriter: Bool { lock != nil }

  /// Whether this process or another one has been asked to stop; they agree after which step.
  private func isStopping() throws -> Bool {
    try processes?.any(interruption.isRequested) ?? interruption.isRequested
  }

  /// Lets the method look at training images before the first step; they are read only if it asks for any. Where there are
  /// several processes, the first does so for all.
  private func prepareMethod() throws {
    if isWriter { try prepareMethodAlone() }
    if let processes { try experiment.spreadState(over: processes) }
  }

  private func prepareMethodAlone() throws {
    var loader: BatchLoader?
    defer { loader?.stop() }
    try experiment.method.prepare(student: experiment.network) {
      let reading = try loader ?? makeLoader(ofShare: false)
      loader = reading
      guard let batch = try reading.next() else {
        throw TrainingError.nothingReadable(path: experiment.task.trainingPath)
      }
      return try batch.queryTensor(on: experiment.device)
    }
  }

  /// Reads all remaining batches, or this process's share of each.
  private func makeLoader(ofShare isShared: Bool = true) throws -> BatchLoader {
    let batches = experiment.order.batches(from: iteration, to: experiment.iterations)
    let (rank, size) = isShared ? (processes?.rank ?? 0, processes?.size ?? 1) : (0, 1)
    return BatchLoader(
      try experiment.samples(), batches: batches.lazy.map { $0.share(rank, of: size) },
      workers: experiment.steps.workers, policy: experiment.steps.onError,
      // Another process would wait for this one's part of the batch.
      leavesOutBatches: size == 1)
  }

  private func takeStep(
    _ batch: Batch, _ input: Stepper.Input, since start: ContinuousClock.Instant
  ) throws -> StepMetrics {
    let learningRate = experiment.learningRate(at: iteration)
    let losses = try stepper.step(input, iteration: iteration, learningRate: learningRate)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    stepSeconds += seconds
    let count = try processes?.sums([batch.count])[0] ?? batch.count
    return StepMetrics(
      iteration: iteration, epoch: batch.epoch, learningRate: learningRate, losses: losses,
      imagesPerSecond: Double(count) / max(seconds, 1e-9),
      indices: experiment.steps.logsIndices ? try indices(of: batch) : nil)
  }

  /// The samples of a batch, those of all processes.
  private func indices(of batch: Batch) throws -> [Int] {
    guard let processes else { return batch.indices }
    return try processes.allGatherRows(Tensor(batch.indices.map(Int64.init)))
      .scalars(Int64.self).map(Int.init)
  }

  private var isEvaluationDue: Bool { experiment.isEvaluationDue(after: iteration) }

  /// Evaluates the network on every data set that is not trained on, and writes the checkpoints.
  ///
  /// The last checkpoint is written first: it holds the evaluations, so that a resumed run can see that it is also the best.
  private func evaluate() throws {
    try experiment.requireFinite(after: iteration)
    evaluatedIteration = iteration
    evaluations.removeAll(at: iteration)
    try judge(nil)
    if let average = experiment.average, average.count > 0 {
      try average.applied { try judge(.average) }
    }
    checkPatience()
    let isLast = iteration == experiment.iterations || isPatienceOver
    for warning in watch.see(
      evaluations.records(at: iteration, of: nil), after: iteration, isLast: isLast)
    {
      try tell(.warned(warning))
    }
    try writeLast()
    if isWriter { try checkpoints.writeSelected(state) }
  }

  /// Evaluates the student with the weights that it has now; nil stands for those of the last step.
  private func judge(_ weights: StudentWeights?) throws {
    var network = experiment.network
    network.precision = experiment.evaluation.precision
    let judged = try experiment.task.evaluate(
      network, on: experiment.device, sharedBy: processes)
    // The held-out synthetic images alone decide, so that no photograph is needed and none is looked at.
    let calibration = ClassLogits(joining: judged.filter { $0.domain == .synthetic }.map(\.logits))
      .flatMap(Calibration.init(fittedTo:))
    calibrations[weights] = calibration
    predictions[weights] = try judged.reduce(into: Data()) {
      $0 += try $1.predictionLines(temperature: calibration?.temperature ?? 1)
    }
    for evaluation in judged {
      let record = EvaluationRecord(
        evaluation, calibration: calibration, iteration: iteration, selection: "current",
        weights: weights)
      evaluations.append(record)
      try tell(.evaluated(record))
    }
  }

  private func checkPatience() {
    guard let patience = experiment.evaluation.patience else { return }
    isPatienceOver = evaluations.evaluationsWithoutImprovement >= patience
  }

  private var state: RunState {
    RunState(
      iteration: iteration, seconds: stepSeconds, evaluations: evaluations,
      calibrations: evaluatedIteration == iteration ? calibrations : [:],
      predictions: evaluatedIteration == iteration ? predictions : [:], watch: watch)
  }

  private func writeLast() throws {
    guard let records else { return }
    try records.synchronize()
    try checkpoints.write(state, to: folder.lastCheckpoint)
  }

  /// Reports which samples the loader left out since the last call.
  private func tellSkipped(_ loader: BatchLoader) throws {
    let skipped = loader.skippedSamples
    for sample in skipped.dropFirst(skippedCount) {
      try tell(.skipped(reason: "\(sample.error)"))
    }
    skippedCount = skipped.count
  }

  /// Reports once that steps are not recorded although they should have been.
  private func tellUnrecorded() throws {
    guard !isUnrecordedTold, let reason = recorder?.failure else { return }
    isUnrecordedTold = true
    try tell(.unrecorded(reason: reason))
  }

  private func tell(_ event: TrainingEvent) throws {
    for observer in observers { try observer.observe(event) }
  }
}
