import Foundation
import TensorFiles
import Torch
import TorchNN

/// The state of a run at one moment: enough to evaluate the network, or to continue the run bit for bit.
public struct Checkpoint {
  /// The number of steps taken.
  public let iteration: Int
  /// The time of the training steps so far.
  public let seconds: Double
  /// The run's recipe as YAML; nil where the experiment was made without one.
  public let recipe: String?
  /// The names of the classes, by label.
  public let classes: [String]
  /// The evaluations made so far, the newest last; nil where an earlier version wrote the checkpoint.
  public let evaluations: [EvaluationRecord]?
  /// The temperature of the network's probabilities; nil where it is not calibrated.
  public let calibration: Calibration?
  /// The lines of `predictions.jsonl` for its weights, and for the averaged weights; none where they were not judged.
  package let predictions: [StudentWeights?: Data]
  /// What the task stores about its network, and about its classes beside their names.
  package let taskMetadata: [String: String]
  /// All tensors under the interchange names.
  public let tensors: StateDict

  /// Creates the state of a run at one moment.
  package init(
    iteration: Int, seconds: Double, recipe: String?, classes: [String],
    evaluations: [EvaluationRecord], calibration: Calibration? = nil,
    predictions: [StudentWeights?: Data] = [:],
    taskMetadata: [String: String], tensors: StateDict
  ) {
    self.iteration = iteration
    self.seconds = seconds
    self.recipe = recipe
    self.classes = classes
    self.evaluations = evaluations
    self.calibration = calibration
    self.predictions = predictions
    self.taskMetadata = taskMetadata
    self.tensors = tensors
  }

  /// Reads a checkpoint.
  /// - Throws: `TensorFileError` for an unreadable file, `TrainingError.foreignCheckpoint` for a checkpoint of another
  ///   program, `.damagedCheckpoint` for one that this program cannot have written, `.notFinite` where it holds NaN or
  ///   infinity.
  public init(contentsOf path: String) throws {
    let file = try TensorFile.read(path)
    func entry(_ key: String) throws -> String {
      guard let value = file.metadata[key] else {
        throw TrainingError.foreignCheckpoint(path: path, missing: key)
      }
      return value
    }
    /// The value of an entry, if this program could have written it.
    func value<Value>(
      _ key: String, _ expected: String, read: (String) -> Value?
    ) throws -> Value {
      let text = try entry(key)
      guard let value = read(text) else {
        throw TrainingError.damagedCheckpoint(
          path: path,
          problem: "'\(key)' in its metadata is '\(text.prefix(40))', expected \(expected)")
      }
      return value
    }
    iteration = try value(CheckpointKey.iteration, "a whole number from 0") {
      Int($0).flatMap { $0 >= 0 ? $0 : nil }
    }
    classes = try value(CheckpointKey.classes, "the names of the classes as a JSON array") {
      try? JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
    seconds = try value(CheckpointKey.seconds, "a finite number from 0") {
      Double($0).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
    }
    recipe = file.metadata[CheckpointKey.recipe]
    taskMetadata = file.metadata
    evaluations = try Self.evaluations(in: file, path: path)
    calibration = try Calibration(metadata: file.metadata, path: path)
    predictions = Self.predictions(in: file)
    tensors = try StateDict(file).filter { !CheckpointKey.texts.contains($0.key) }
    try tensors.requireFinite(in: path)
  }

  /// Writes the checkpoint whole or not at all.
  public func write(to path: String) throws {
    let names = String(decoding: try JSONEncoder().encode(classes), as: UTF8.self)
    var own = [
      CheckpointKey.iteration: String(iteration),
      CheckpointKey.seconds: String(seconds),
      CheckpointKey.classes: names,
    ]
    own[CheckpointKey.recipe] = recipe
    own[CheckpointKey.calibration] = try calibration.map {
      String(decoding: try JSONFormat.text($0), as: UTF8.self)
    }
    var file = try tensors.stored(metadata: taskMetadata.merging(own) { $1 })
    if let evaluations { try Self.add(evaluations, to: &file) }
    try Self.add(predictions, to: &file)
    try TensorFile.write(file, to: path)
  }
}
