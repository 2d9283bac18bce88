import Foundation
import Runs

extension Checkpoint {
  /// The present state of an experiment after `iteration` steps.
  init(
    of experiment: Experiment, iteration: Int, seconds: Double,
    evaluations: [EvaluationRecord] = [], calibration: Calibration? = nil
  ) throws {
    var metadata = try experiment.task.checkpointMetadata
    metadata[CheckpointKey.data] = String(
      decoding: try JSONFormat.text(experiment.data.fingerprints), as: UTF8.self)
    metadata[CheckpointKey.network] = try experiment.networkDescription?.json()
    self.init(
      iteration: iteration, seconds: seconds, recipe: try experiment.recipe?.text(),
      classes: experiment.task.classNames, evaluations: evaluations, calibration: calibration,
      taskMetadata: metadata,
      tensors: try experiment.state())
  }

  /// Writes the state before the first step, without training.
  public static func writeStart(of experiment: Experiment, to path: String) throws {
    try Checkpoint(of: experiment, iteration: 0, seconds: 0).write(to: path)
  }
}
