import Backbones
import Datasets
import TensorFiles
import Torch
import TorchNN

/// The student of a checkpoint, ready to judge images.
public struct TrainedNetwork {
  /// The names of the classes, by label.
  public let classes: [String]
  /// The steps it was trained for; 0 where the checkpoint does not say.
  public let iteration: Int
  /// What it was trained by.
  public let recipe: Recipe

  let network: any TaskNetwork
  let device: Device

  /// Reads the network that `syn2real train` left at `path`.
  /// - Throws: `TensorFileError`, `TrainingError.foreignCheckpoint` or `StateDictMismatch` for a file that holds no
  ///   such network.
  public init(checkpoint path: String, device: Device) throws {
    let checkpoint = try Checkpoint(contentsOf: path)
    try self.init(
      checkpoint.tensors, recipe: Recipe(text: checkpoint.recipe, source: "the recipe in \(path)"),
      classes: checkpoint.classes, iteration: checkpoint.iteration, device: device)
  }

  /// Reads a network that another program trained, such as a released checkpoint of CSG, which has student and head
  /// under the interchange names and nothing that describes them (ALGORITHM.md §9).
  /// - Parameters:
  ///   - recipe: says the task, the backbone, the head and how to evaluate.
  ///   - path: the data set that names the classes.
  /// - Throws: `TensorFileError`, `TrainingError.noStudent` or `StateDictMismatch` for a file that holds no such
  ///   network.
  public init(
    foreignCheckpoint: String, recipe: Recipe, classesOfData path: String, device: Device
  ) throws {
    let tensors = try StateDict(TensorFile.read(foreignCheckpoint))
    guard !tensors.below(CheckpointKey.student).isEmpty else {
      throw TrainingError.noStudent(path: foreignCheckpoint)
    }
    try self.init(
      tensors, recipe: recipe, classes: recipe.makeEvaluator(device).classNames(at: path),
      iteration: 0, device: device)
  }

  private init(
    _ tensors: StateDict, recipe: Recipe, classes: [String], iteration: Int, device: Device
  ) throws {
    self.recipe = recipe
    self.classes = classes
    self.iteration = iteration
    network = try recipe.makeNetwork(classes: classes.count)
    try network.loadStudent(tensors.below(CheckpointKey.student))
    for part in [network.backbone, network.head] {
      try part.move(to: device)
      try part.freeze()
    }
    self.device = device
  }

  /// Judges the network on the data set at `path` as its recipe evaluates.
  ///
  /// The images count as synthetic where the recipe trains or selects on them, as unseen where it says so, else as real.
  /// - Throws: `DatasetError.otherClasses` for a set of other classes than the network's.
  public func evaluate(at path: String) throws -> EvaluationRecord {
    let domain: Evaluation.Domain =
      [recipe.data.train, recipe.data.heldOut].contains(path)
      ? .synthetic : recipe.data.unseen.contains(path) ? .unseen : .real
    let evaluation = try recipe.makeEvaluator(device).evaluate(
      network, at: path, classes: classes, domain: domain)
    return EvaluationRecord(evaluation, iteration: iteration, selection: "given")
  }
}
