import Backbones
import Datasets
import TensorFiles
import Torch
import TorchNN

/// The student of a checkpoint, ready to judge images.
public struct TrainedClassifier {
  /// The names of the classes, by label.
  public let classes: [String]
  /// The steps it was trained for; 0 where the checkpoint does not say.
  public let iteration: Int

  private let network: ImageClassifier
  private let recipe: Recipe
  private let device: Device

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
  ///   - recipe: says the backbone, the head's width and how to evaluate.
  ///   - classes: the names of the classes, by label.
  /// - Throws: `TensorFileError`, `TrainingError.noStudent` or `StateDictMismatch` for a file that holds no such
  ///   network.
  public init(
    foreignCheckpoint path: String, recipe: Recipe, classes: [String], device: Device
  ) throws {
    let tensors = try StateDict(TensorFile.read(path))
    guard !tensors.below(CheckpointKey.student).isEmpty else {
      throw TrainingError.noStudent(path: path)
    }
    try self.init(tensors, recipe: recipe, classes: classes, iteration: 0, device: device)
  }

  private init(
    _ tensors: StateDict, recipe: Recipe, classes: [String], iteration: Int, device: Device
  ) throws {
    self.recipe = recipe
    self.classes = classes
    self.iteration = iteration
    network = try ImageClassifier(
      backbone: recipe.model.backbone.make(), classes: classes.count,
      hidden: recipe.model.headWidth)
    try network.loadStudent(tensors.below(CheckpointKey.student))
    for part in [network.backbone, network.head] as [any Module] {
      try part.move(to: device)
      try part.freeze()
    }
    self.device = device
  }

  /// Judges the network as its recipe evaluates.
  /// - Parameter domain: what the images are; by default synthetic where the recipe trains or selects on them.
  public func evaluate(on dataset: ImageDataset) throws -> EvaluationRecord {
    guard dataset.classes == classes else {
      throw DatasetError.otherClasses(
        path: dataset.path, expected: classes, found: dataset.classes)
    }
    let isSynthetic = [recipe.data.train, recipe.data.heldOut].contains(dataset.path)
    let evaluation = try ClassificationEvaluator(recipe, device: device)
      .evaluate(network, on: dataset, domain: isSynthetic ? .synthetic : .real)
    return EvaluationRecord(evaluation, iteration: iteration, selection: "given")
  }
}
