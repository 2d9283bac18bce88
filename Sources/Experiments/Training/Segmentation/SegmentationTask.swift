import Backbones
import Datasets
import Foundation
import Imaging
import Torch

/// A class for every pixel.
struct SegmentationTask: LearningTask {
  private let recipe: Recipe
  private let data: TaskData<SegmentationDataset>

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

  var checkpointMetadata: [String: String] {
    get throws {
      let encoder = JSONEncoder()
      // In any order the keys would differ from run to run, and with them the checkpoints of one seed.
      encoder.outputFormatting = .sortedKeys
      let table = try encoder.encode(data.training.classes)
      return [CheckpointKey.classTable: String(decoding: table, as: UTF8.self)]
    }
  }

  func makeNetwork() throws -> any TaskNetwork {
    try recipe.makeNetwork(classes: classNames.count)
  }

  func trainingSamples(
    for backbone: any Backbone, needsKeyView: Bool, styles: StyledViews?
  ) throws -> any SampleSource {
    let preparation: SegmentationSamples.Preparation =
      if case .scene(let augmentation) = recipe.data.augmentation {
        .augmented(augmentation, seed: recipe.seed)
      } else {
        .plain
      }
    return SegmentationSamples(
      data.training, preparation: preparation, size: recipe.data.imageSize,
      needsKeyView: needsKeyView, normalization: try ChannelNormalization(backbone.pixelScaling),
      styles: styles)
  }

  func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation] {
    try data.evaluate(network, by: SegmentationEvaluator(recipe, device: device))
  }
}
