import Backbones
import Datasets
import Imaging
import Torch

/// A class for every image.
struct ClassificationTask: LearningTask {
  private let recipe: Recipe
  private let data: TaskData<ImageDataset>

  init(_ recipe: Recipe) throws {
    self.recipe = recipe
    data = try TaskData(recipe.data)
  }

  var classNames: [String] { data.training.classNames }
  var trainingPath: String { data.training.path }
  var trainingFolder: String { data.training.folder }
  var trainingImages: [String] { data.training.imagePaths }
  var sampleCount: Int { data.training.count }
  var hasHeldOutData: Bool { data.heldOut != nil }
  var datasets: [any LabelledDataset] { data.whole }

  func makeNetwork() throws -> any TaskNetwork {
    try recipe.makeNetwork(classes: classNames.count)
  }

  func trainingSamples(
    for backbone: any Backbone, needsKeyView: Bool, styles: StyledViews?
  ) throws -> any SampleSource {
    let preparation: ClassificationSamples.Preparation =
      switch recipe.data.augmentation {
      case .none, .scene: .plain
      case .randAugment(let operations, let magnitude):
        .augmented(
          try RandAugment(operations: operations, magnitude: magnitude), seed: recipe.seed)
      }
    return ClassificationSamples(
      data.training, preparation: preparation, decoding: recipe.data.decoding,
      size: recipe.data.imageSize, needsKeyView: needsKeyView,
      normalization: try ChannelNormalization(backbone.pixelScaling), styles: styles)
  }

  func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation] {
    try data.evaluate(network, by: ClassificationEvaluator(recipe, device: device))
  }
}
