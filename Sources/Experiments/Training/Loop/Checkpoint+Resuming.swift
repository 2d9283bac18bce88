import Datasets
import Foundation
import Inference
import Runs
import Torch
import TorchNN

extension Checkpoint {
  /// Reads the checkpoint at `path` and restores `experiment` to the state of the run that wrote it.
  /// - Throws: `TrainingError.otherRecipe`, `.dataChanged` and `.beyondEnd` where the checkpoint belongs to another experiment,
  ///   `.averagedCheckpoint` for one of averaged weights, `.damagedCheckpoint` where it lacks something that a run needs to
  ///   continue, and the errors of reading a checkpoint.
  /// - Parameters:
  ///   - acceptsChangedData: whether the run continues even if its data have changed.
  ///   - extends: whether it may have another length.
  /// - Returns: the checkpoint, and whether the run has another length than the one that wrote it.
  static func resuming(
    _ experiment: Experiment, from path: String, acceptsChangedData: Bool, extends: Bool
  ) throws -> (checkpoint: Checkpoint, isExtended: Bool) {
    let checkpoint = try Checkpoint(contentsOf: path)
    let source = "the recipe in \(path)"
    guard checkpoint.taskMetadata[CheckpointKey.weights] == nil else {
      throw TrainingError.averagedCheckpoint(path: path)
    }
    let isExtended = try experiment.recipe.requireContinuing(
      checkpoint.recipe, of: path, source: source, extends: extends)
    if !acceptsChangedData {
      try experiment.data.requireSame(
        as: checkpoint.data(readFrom: path), of: path,
        listing: RunFolder(ofCheckpoint: path)?.data ?? "")
    }
    guard checkpoint.iteration <= experiment.iterations else {
      throw TrainingError.beyondEnd(
        path: path, iteration: checkpoint.iteration, iterations: experiment.iterations)
    }
    try checkpoint.restore(experiment, path)
    return (checkpoint, isExtended)
  }

  /// What the run remembers of its steps to notice divergence; where the checkpoint does not say, that of a run before its
  /// first step.
  func divergenceWatch(readFrom path: String) throws -> DivergenceWatch {
    guard let text = taskMetadata[CheckpointKey.divergence] else { return DivergenceWatch() }
    guard let watch = try? JSONFormat.decode(DivergenceWatch.self, from: Data(text.utf8)) else {
      throw TrainingError.damagedCheckpoint(
        path: path,
        problem: "'\(CheckpointKey.divergence)' in its metadata is not as it was written")
    }
    return watch
  }

  /// The temperatures that were fitted when it was written.
  func calibrations(readFrom path: String) throws -> [StudentWeights?: Calibration] {
    var found: [StudentWeights?: Calibration] = [:]
    found[nil] = calibration
    found[.average] = try Calibration(
      metadata: taskMetadata, key: CheckpointKey.averageCalibration, path: path)
    return found
  }

  /// The data sets of the run; nil where the checkpoint does not say.
  private func data(readFrom path: String) throws -> [DatasetFingerprint]? {
    try taskMetadata[CheckpointKey.data].map { text in
      guard
        let data = try? JSONDecoder().decode([DatasetFingerprint].self, from: Data(text.utf8))
      else {
        throw TrainingError.damagedCheckpoint(
          path: path, problem: "'\(CheckpointKey.data)' in its metadata says nothing of data sets")
      }
      return data
    }
  }

  /// Restores the network, method, averaged weights and optimiser of `experiment`.
  private func restore(_ experiment: Experiment, _ path: String) throws {
    func load(_ part: String, _ body: () throws -> Void) throws {
      do {
        try body()
      } catch let mismatch as StateDictMismatch {
        throw TrainingError.damagedCheckpoint(path: path, problem: "\(part): \(mismatch)")
      } catch let error as TorchError {
        throw TrainingError.damagedCheckpoint(path: path, problem: "\(part): \(error)")
      }
    }
    try load("the student") {
      try experiment.network.loadStudent(tensors.below(CheckpointKey.student))
    }
    try load("the method '\(experiment.methodName)'") {
      try experiment.method.load(tensors)
    }
    if let rates = experiment.rates {
      try load("the policy of learning rates under '\(CheckpointKey.rates)'") {
        try rates.load(tensors.below(CheckpointKey.rates))
      }
    }
    if let average = experiment.average {
      try load("the averaged weights under '\(CheckpointKey.average)'") {
        try average.load(tensors.below(CheckpointKey.average))
      }
    }
    // Before the first step there is no momentum.
    guard iteration > 0 else { return }
    try load("the momentum under '\(CheckpointKey.optimizer)'") {
      try experiment.optimizer.load(tensors.below(CheckpointKey.optimizer))
    }
  }
}
