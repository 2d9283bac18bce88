import Backbones
import Datasets
import Torch
import TorchNN

/// The student of a checkpoint, ready to judge images.
public struct TrainedClassifier {
  /// The names of the classes, by label.
  public let classes: [String]
  /// The steps it was trained for.
  public let iteration: Int

  private let network: ImageClassifier
  private let recipe: Recipe
  private let device: Device

  /// Reads the network that `syn2real train` left at `path`.
  /// - Throws: `TensorFileError`, `TrainingError.foreignCheckpoint` or `StateDictMismatch` for a file that holds no
  ///   such network.
  public init(checkpoint path: String, device: Device) throws {
    let checkpoint = try Checkpoint(contentsOf: path)
    recipe = try Recipe(text: checkpoint.recipe, source: "the recipe in \(path)")
    classes = checkpoint.classes
    iteration = checkpoint.iteration
    network = try ImageClassifier(
      backbone: recipe.model.backbone.make(), classes: classes.count,
      hidden: recipe.model.headWidth)
    try checkpoint.restore(network)
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
