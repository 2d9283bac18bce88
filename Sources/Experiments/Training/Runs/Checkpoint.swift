import Backbones
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
  /// The evaluations made so far, the newest last; nil where an earlier version wrote the checkpoint.
  public let evaluations: [EvaluationRecord]?
  /// What the task says of its classes beside their names.
  let taskMetadata: [String: String]
  /// All tensors under the interchange names.
  public let tensors: StateDict

  /// The present moment of an experiment after `iteration` steps.
  init(
    of experiment: Experiment, iteration: Int, seconds: Double,
    evaluations: [EvaluationRecord] = []
  ) throws {
    self.iteration = iteration
    self.seconds = seconds
    self.evaluations = evaluations
    recipe = try experiment.recipe.text()
    classes = experiment.task.classNames
    taskMetadata = try experiment.task.checkpointMetadata
    var tensors = try experiment.method.stateDict()
    for entry in experiment.network.namedTensors() {
      tensors[CheckpointKey.student + entry.name] = entry.tensor
    }
    tensors.merge(experiment.optimizer.stateDict().prefixed(CheckpointKey.optimizer)) { $1 }
    self.tensors = tensors
  }

  /// Reads a checkpoint.
  /// - Throws: `TensorFileError` for an unreadable file, `TrainingError.foreignCheckpoint` for another
  ///   program's.
  public init(contentsOf path: String) throws {
    let file = try TensorFile.read(path)
    func entry(_ key: String) throws -> String {
      guard let value = file.metadata[key] else {
        throw TrainingError.foreignCheckpoint(path: path, missing: key)
      }
      return value
    }
    guard let iteration = Int(try entry(CheckpointKey.iteration)),
      let classes = try? JSONDecoder().decode(
        [String].self, from: Data(entry(CheckpointKey.classes).utf8))
    else {
      throw TrainingError.foreignCheckpoint(path: path, missing: CheckpointKey.classes)
    }
    self.iteration = iteration
    self.classes = classes
    seconds = file.metadata[CheckpointKey.seconds].flatMap(Double.init) ?? 0
    recipe = try entry(CheckpointKey.recipe)
    taskMetadata = file.metadata
    evaluations = try Self.evaluations(in: file, path: path)
    tensors = try StateDict(file).filter { $0.key != CheckpointKey.evaluations }
  }

  /// Writes the checkpoint whole or not at all.
  public func write(to path: String) throws {
    let names = String(decoding: try JSONEncoder().encode(classes), as: UTF8.self)
    let own = [
      CheckpointKey.iteration: String(iteration),
      CheckpointKey.seconds: String(seconds),
      CheckpointKey.recipe: recipe,
      CheckpointKey.classes: names,
    ]
    var file = try tensors.stored(metadata: taskMetadata.merging(own) { $1 })
    if let evaluations { try Self.add(evaluations, to: &file) }
    try TensorFile.write(file, to: path)
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
