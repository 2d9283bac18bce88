import Torch
import TorchNN

extension Checkpoint {
  /// Reads the checkpoint at `path` and puts `experiment` where the run was that wrote it.
  /// - Throws: `TrainingError.otherRecipe` and `.beyondEnd` where the run was not this experiment's, `.damagedCheckpoint`
  ///   for one that lacks what a run needs to go on, and as reading one.
  static func resuming(_ experiment: Experiment, from path: String) throws -> Checkpoint {
    let checkpoint = try Checkpoint(contentsOf: path)
    let recipe = try Recipe(text: checkpoint.recipe, source: "the recipe in \(path)")
    guard recipe.trains(like: experiment.recipe) else {
      throw TrainingError.otherRecipe(path: path)
    }
    guard checkpoint.iteration <= experiment.iterations else {
      throw TrainingError.beyondEnd(
        path: path, iteration: checkpoint.iteration, iterations: experiment.iterations)
    }
    do {
      try checkpoint.restore(experiment)
    } catch let mismatch as StateDictMismatch {
      throw TrainingError.damagedCheckpoint(path: path, problem: mismatch.description)
    } catch let error as TorchError {
      throw TrainingError.damagedCheckpoint(path: path, problem: error.description)
    }
    return checkpoint
  }

  /// Puts network, method and optimiser of `experiment` where they were.
  private func restore(_ experiment: Experiment) throws {
    try experiment.network.loadStudent(tensors.below(CheckpointKey.student))
    try experiment.method.load(tensors)
    try experiment.optimizer.load(tensors.below(CheckpointKey.optimizer))
  }
}
