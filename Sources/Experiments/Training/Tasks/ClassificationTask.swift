import Backbones
import Datasets
import Imaging
import Inference
import Runs
import Torch

/// A class for every image.
public struct ClassificationTask<Images: ClassifiedImages>: LearningTask {
  private let data: TaskData<Images>
  private let augmentation: Augmentation
  private let seed: UInt64
  private let evaluation: EvaluationOptions

  /// The task of telling apart the classes of `data`.
  /// - Parameters:
  ///   - augmentation: what is done to training images.
  ///   - seed: of the augmentation.
  ///   - evaluation: how images are judged; its size and decoding are those of training too.
  public init(
    _ data: TaskData<Images>,
    augmentation: Augmentation = .randAugment(operations: 1, magnitude: 6), seed: UInt64 = 0,
    evaluation: EvaluationOptions = .init()
  ) {
    self.data = data
    self.augmentation = augmentation
    self.seed = seed
    self.evaluation = evaluation
  }

  public var classNames: [String] { data.training.classNames }
  public var trainingPath: String { data.training.path }
  public var trainingFolder: String { data.training.folder }
  public var trainingImages: [String] { data.training.imagePaths }
  public var sampleCount: Int { data.training.count }
  public var hasHeldOutData: Bool { data.heldOut != nil }
  public var hasOtherDomains: Bool { !data.others.isEmpty }
  /// Every set, none of them split.
  public var datasets: [any LabelledDataset] { data.whole }
  /// What was left out of the sets, in sentences.
  public var remarks: [String] { data.remarks }

  public func trainingSamples(
    for backbone: any Backbone, needsKeyView: Bool, styles: StyledViews?
  ) throws -> any SampleSource {
    let preparation: ClassificationSamples.Preparation =
      switch augmentation {
      case .none, .scene: .plain
      case .randAugment(let operations, let magnitude):
        .augmented(
          try RandAugment(operations: operations, magnitude: magnitude), seed: seed)
      }
    return ClassificationSamples(
      data.training, preparation: preparation, decoding: evaluation.decoding,
      size: evaluation.imageSize, needsKeyView: needsKeyView,
      normalization: try ChannelNormalization(backbone.pixelScaling), styles: styles)
  }

  public func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation] {
    try data.evaluate(network, by: ClassificationEvaluator<Images>(evaluation, device: device))
  }
}
