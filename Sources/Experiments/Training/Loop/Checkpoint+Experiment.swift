import Foundation
import Runs
import Torch
import TorchNN

extension Checkpoint {
  /// The present moment of an experiment after `iteration` steps.
  init(of experiment: Experiment, iteration: Int, seconds: Double) throws {
    var tensors = try experiment.method.stateDict()
    for entry in experiment.network.namedTensors() {
      tensors[CheckpointKey.student + entry.name] = entry.tensor
    }
    tensors.merge(experiment.optimizer.stateDict().prefixed(CheckpointKey.optimizer)) { $1 }
    var metadata = try experiment.task.checkpointMetadata
    metadata[CheckpointKey.network] = try experiment.networkDescription?.json()
    self.init(
      iteration: iteration, seconds: seconds, recipe: try experiment.recipe?.text(),
      classes: experiment.task.classNames, taskMetadata: metadata, tensors: tensors)
  }

  /// Writes the state before the first step, without going on.
  public static func writeStart(of experiment: Experiment, to path: String) throws {
    try Checkpoint(of: experiment, iteration: 0, seconds: 0).write(to: path)
  }

  /// Puts network, method and optimiser of `experiment` where they were.
  func restore(_ experiment: Experiment) throws {
    try experiment.network.loadStudent(tensors.below(CheckpointKey.student))
    try experiment.method.load(tensors)
    try experiment.optimizer.load(tensors.below(CheckpointKey.optimizer))
  }
}
