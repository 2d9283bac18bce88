import Datasets
import Foundation
import TensorFiles
import Torch
import TorchNN

/// A moment of a run: enough to judge the network, or to go on bit for bit.
public struct Checkpoint {
  /// The steps taken.
  public let iteration: Int
  /// The time of the training steps so far.
  public let seconds: Double
  /// The run's recipe as YAML.
  public let recipe: String
  /// The names of the classes, by label.
  public let classes: [String]
  /// The data sets of the run; nil where the checkpoint does not say.
  let data: [DatasetFingerprint]?
  /// What the task says of its classes beside their names.
  let taskMetadata: [String: String]
  /// All tensors under the interchange names.
  public let tensors: StateDict

  /// The present moment of an experiment after `iteration` steps.
  init(of experiment: Experiment, iteration: Int, seconds: Double) throws {
    self.iteration = iteration
    self.seconds = seconds
    recipe = try experiment.recipe.text()
    classes = experiment.task.classNames
    data = experiment.data.fingerprints
    taskMetadata = try experiment.task.checkpointMetadata
    tensors = try experiment.state()
  }

  /// Reads a checkpoint.
  /// - Throws: `TensorFileError` for an unreadable file, `TrainingError.foreignCheckpoint` for another
  ///   program's, `.damagedCheckpoint` for one that this program cannot have written, `.notFinite` where it holds NaN or
  ///   infinity.
  public init(contentsOf path: String) throws {
    let file = try TensorFile.read(path)
    func entry(_ key: String) throws -> String {
      guard let value = file.metadata[key] else {
        throw TrainingError.foreignCheckpoint(path: path, missing: key)
      }
      return value
    }
    /// An entry's value, where it is one that this program writes.
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
    data =
      file.metadata[CheckpointKey.data] == nil
      ? nil
      : try value(CheckpointKey.data, "what a run remembers of its data") {
        try? JSONDecoder().decode([DatasetFingerprint].self, from: Data($0.utf8))
      }
    recipe = try entry(CheckpointKey.recipe)
    taskMetadata = file.metadata
    tensors = try StateDict(file)
    try tensors.requireFinite(in: path)
  }

  /// Writes the checkpoint whole or not at all.
  public func write(to path: String) throws {
    let names = String(decoding: try JSONEncoder().encode(classes), as: UTF8.self)
    var own = [
      CheckpointKey.iteration: String(iteration),
      CheckpointKey.seconds: String(seconds),
      CheckpointKey.recipe: recipe,
      CheckpointKey.classes: names,
    ]
    if let data {
      own[CheckpointKey.data] = String(decoding: try JSONFormat.line(data), as: UTF8.self)
    }
    let file = try tensors.stored(metadata: taskMetadata.merging(own) { $1 })
    try TensorFile.write(file, to: path)
  }

  /// Writes the state before the first step, without going on.
  public static func writeStart(of experiment: Experiment, to path: String) throws {
    try Checkpoint(of: experiment, iteration: 0, seconds: 0).write(to: path)
  }
}
