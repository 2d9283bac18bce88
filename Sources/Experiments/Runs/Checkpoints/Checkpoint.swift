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
  /// The run's recipe as YAML; nil where its parts were put together without one.
  public let recipe: String?
  /// The names of the classes, by label.
  public let classes: [String]
  /// The evaluations made so far, the newest last; nil where an earlier version wrote the checkpoint.
  public let evaluations: [EvaluationRecord]?
  /// What the task says of its classes beside their names, and of its network.
  package let taskMetadata: [String: String]
  /// All tensors under the interchange names.
  public let tensors: StateDict

  /// A moment of a run.
  package init(
    iteration: Int, seconds: Double, recipe: String?, classes: [String],
    evaluations: [EvaluationRecord], taskMetadata: [String: String], tensors: StateDict
  ) {
    self.iteration = iteration
    self.seconds = seconds
    self.recipe = recipe
    self.classes = classes
    self.evaluations = evaluations
    self.taskMetadata = taskMetadata
    self.tensors = tensors
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
    recipe = file.metadata[CheckpointKey.recipe]
    taskMetadata = file.metadata
    evaluations = try Self.evaluations(in: file, path: path)
    tensors = try StateDict(file).filter { $0.key != CheckpointKey.evaluations }
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
    var file = try tensors.stored(metadata: taskMetadata.merging(own) { $1 })
    if let evaluations { try Self.add(evaluations, to: &file) }
    try TensorFile.write(file, to: path)
  }
}
