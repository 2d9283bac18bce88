import Backbones
import Datasets
import Imaging
import Inference
import Runs
import Torch

/// A class for every image.
public struct ClassificationTask<Images: ClassifiedImages>: DatasetTask {
  /// The data sets for training and evaluation.
  public let data: TaskData<Images>
  private let augmentation: Augmentation
  private let seed: UInt64
  private let evaluation: EvaluationOptions

  /// The task of distinguishing the classes of `data`.
  /// - Parameters:
  ///   - augmentation: what is done to training images.
  ///   - seed: the seed of the augmentation.
  ///   - evaluation: how images are judged; training uses the same size and decoding.
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

  /// The class of each training image.
  public var sampleLabels: [Int]? {
    data.training.flatMap { images in (0..<images.count).map(images.imageClass(of:)) }
  }

  /// The number of training images of each class.
  public func countedClasses() -> [Int]? {
    data.training.reduce(classNames.map { _ in 0 }) { zip($0, $1.classCounts).map(+) }
  }

  /// The training images as views for a network.
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
    let normalization = try ChannelNormalization(backbone.pixelScaling)
    return try data.samples { images, start in
      ClassificationSamples(
        images, numberedFrom: start, preparation: preparation, decoding: evaluation.decoding,
        size: evaluation.imageSize, needsKeyView: needsKeyView, normalization: normalization,
        styles: styles)
    }
  }

  /// Evaluates `network` on every data set that is not trained on.
  public func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation] {
    try evaluate(network, on: device, sharedBy: nil)
  }

  /// The same together with other processes.
  public func evaluate(
    _ network: any TaskNetwork, on device: Device, sharedBy processes: ProcessGroup?
  ) throws -> [Evaluation] {
    try data.evaluate(
      network,
      by: ClassificationEvaluator<Images>(evaluation, device: device, sharedBy: processes))
  }
}
