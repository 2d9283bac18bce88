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
  let experiment: Experiment
  let stepper: Stepper
  private let sharing: SharedSteps?
  private let recorder: StepRecorder?
  private let folder: RunFolder
  private let interruption: Interruption
  /// The processes that share the run; nil where there is only this one.
  let processes: ProcessGroup?
  /// What writes the run's folder; nil in all processes but the first.
  private let records: MetricsRecorder?
  private let lock: FileLock?
  private var observers: [any TrainingObserver]
  private var warnings: [String] = []
  let checkpoints: RunCheckpoints
  var evaluations: EvaluationLog
  var watch: DivergenceWatch
  var iteration: Int
  var stepSeconds = 0.0
  var evaluatedIteration: Int?
  /// The temperatures that the evaluation after `evaluatedIteration` steps gave, by the weights that were judged.
  var calibrations: [StudentWeights?: Calibration] = [:]
  /// What that evaluation found of every image, as lines of `predictions.jsonl`.
  var predictions: [StudentWeights?: Data] = [:]
  /// Whether the held-out figure has not improved for as many evaluations as the plan waits, or losses have ended the average.
  var isPatienceOver = false
  var skippedCount = 0
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
  ///   continued or files that no run wrote, or has lost something that is needed to continue; `OutputError.amongData` for a folder among
  ///   the classes of a data set; `TrainingError.otherRank` where processes differ, and
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
    sharing = processes.map { SharedSteps(of: experiment.optimizer.parameters, with: $0) }
    stepper = Stepper(
      experiment.network, experiment.method, experiment.optimizer,
      frozenPrecision: experiment.steps.frozenPrecision,
      clipNorm: experiment.steps.clipNorm, mixing: experiment.randomization.mixing,
      seed: experiment.seed, recorder: recorder, sharing: sharing)
    self.folder = folder
    checkpoints = RunCheckpoints(experiment, in: folder)
    self.interruption = interruption
    if isWriter, checkpointPath == nil { try folder.requireFree(of: experiment.dataFingerprints) }
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
      if isExtended { watch.forgetEnd() }
      calibrations = try checkpoint.calibrations(readFrom: checkpointPath)
      predictions = checkpoint.predictions
      evaluations = try EvaluationLog(
        of: checkpoint, at: checkpointPath, in: folder, rule: experiment.selectionRule,
        isDue: experiment.isEvaluationDue(after:), warn: { warnings.append($0) })
    } else {
      // Another process may have made a run of it since.
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
    // First of all files, as it tells that the others are of a run.
    if let warning = try folder.addStart(
      of: experiment, after: iteration, resumingFrom: checkpointPath,
      processes: processes?.size ?? 1)
    {
      warnings.append(warning)
    }
    if let recipe = experiment.recipe {
      try folder.write(Data(recipe.text().utf8), to: folder.recipe)
    }
    try folder.write(experiment.data.listing, to: folder.data)
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
    let feed = BatchFeed(loader, experiment.inputs)
    defer { feed.stop() }
    let start = iteration
    var clock = ContinuousClock.now
    while !isPatienceOver, let (batch, input) = try feed.next() {
      try tellSkipped(loader)
      let share = try sharing?.share(
        of: input, for: experiment.network, isStopping: interruption.isRequested)
      if share?.isStopping ?? interruption.isRequested, iteration > start { try stop() }
      let step = try takeStep(batch, input, share, since: clock)
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
  var isWriter: Bool { lock != nil }

  /// Ends a run that this process, or another one, was asked to stop, before a step on which all agree.
  private func stop() throws -> Never {
    try experiment.requireFinite(after: iteration)
    try writeLast()
    try processes?.leave()
    throw TrainingError.interrupted(iteration: iteration, checkpoint: folder.lastCheckpoint)
  }

  var isEvaluationDue: Bool { experiment.isEvaluationDue(after: iteration) }

  var state: RunState {
    RunState(
      iteration: iteration, seconds: stepSeconds, evaluations: evaluations,
      calibrations: evaluatedIteration == iteration ? calibrations : [:],
      predictions: evaluatedIteration == iteration ? predictions : [:], watch: watch)
  }

  func writeLast() throws {
    guard let records else { return }
    try records.synchronize()
    try checkpoints.write(state, to: folder.lastCheckpoint)
  }

  /// Reports once that steps are not recorded although they should have been.
  private func tellUnrecorded() throws {
    guard !isUnrecordedTold, let reason = recorder?.failure else { return }
    isUnrecordedTold = true
    try tell(.unrecorded(reason: reason))
  }

  func tell(_ event: TrainingEvent) throws {
    for observer in observers { try observer.observe(event) }
  }
}
