import Torch

/// Runs that are made once and reused.
public enum Comparison {
  /// The figures of `recipe` in `folder`: read where the run is finished, else trained from the start or from the
  /// last checkpoint of the folder.
  /// - Throws: `TrainingError.otherRecipe` where the folder holds a run of another recipe.
  public static func run(
    _ recipe: Recipe, folder: RunFolder, device: Device, observers: [any TrainingObserver],
    interruption: Interruption
  ) throws -> RunResults {
    let experiment = try Experiment(recipe, device: device)
    if let finished = try folder.finishedResults(of: experiment.recipe) { return finished }
    return try Trainer(
      experiment, folder: folder,
      resumingFrom: folder.holdsCheckpoint ? folder.lastCheckpoint : nil,
      observers: observers, interruption: interruption
    ).run()
  }
}
