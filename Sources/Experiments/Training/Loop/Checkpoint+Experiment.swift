import Foundation
import Runs
import Torch
import TorchNN

extension Checkpoint {
  /// The present state of an experiment, from which its run can go on.
  init(of experiment: Experiment, _ state: RunState) throws {
    var metadata = try experiment.checkpointMetadata
    metadata[CheckpointKey.divergence] = String(
      decoding: try JSONFormat.text(state.watch), as: UTF8.self)
    metadata[CheckpointKey.averageCalibration] = try state.calibrations[.average].map {
      String(decoding: try JSONFormat.text($0), as: UTF8.self)
    }
    try self.init(
      of: experiment, state, calibration: state.calibrations[nil],
      predictions: state.predictions, metadata: metadata, tensors: experiment.state())
  }

  /// The student of an experiment with its averaged weights: enough to use it, but not to go on.
  init(averageOf experiment: Experiment, _ state: RunState) throws {
    var metadata = try experiment.checkpointMetadata
    metadata[CheckpointKey.weights] = StudentWeights.average.rawValue
    var student = StateDict(experiment.network.namedTensors())
    student.merge(try experiment.average?.values() ?? [:]) { $1 }
    try self.init(
      of: experiment, state, calibration: state.calibrations[.average],
      predictions: state.predictions[.average].map { [nil: $0] } ?? [:], metadata: metadata,
      tensors: student.prefixed(CheckpointKey.student))
  }

  private init(
    of experiment: Experiment, _ state: RunState, calibration: Calibration?,
    predictions: [StudentWeights?: Data], metadata: [String: String], tensors: StateDict
  ) throws {
    self.init(
      iteration: state.iteration, seconds: state.seconds, recipe: try experiment.recipe?.text(),
      classes: experiment.task.classNames, evaluations: state.evaluations.records,
      calibration: calibration, predictions: predictions, taskMetadata: metadata,
      tensors: tensors)
  }

  /// Writes the state before the first step, without training.
  public static func writeStart(of experiment: Experiment, to path: String) throws {
    let state = RunState(
      iteration: 0, seconds: 0, evaluations: EvaluationLog(), watch: DivergenceWatch())
    try Checkpoint(of: experiment, state).write(to: path)
  }
}

extension Experiment {
  /// What every checkpoint says of the network, its classes and its data.
  fileprivate var checkpointMetadata: [String: String] {
    get throws {
      var metadata = try task.checkpointMetadata
      metadata[CheckpointKey.data] = String(
        decoding: try JSONFormat.text(data.fingerprints), as: UTF8.self)
      metadata[CheckpointKey.network] = try networkDescription?.json()
      return metadata
    }
  }
}
