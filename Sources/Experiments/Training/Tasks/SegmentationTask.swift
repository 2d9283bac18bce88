import Backbones
import Datasets
import Foundation
import Imaging
import Inference
import Runs
import Torch

/// A class for every pixel.
public struct SegmentationTask: DatasetTask {
  /// The data sets for training and evaluation.
  public let data: TaskData<SegmentationDataset>
  private let augmentation: Augmentation
  private let cropSize: Int
  private let seed: UInt64
  private let evaluation: EvaluationOptions

  /// The task of distinguishing the classes of `data`, pixel by pixel.
  /// - Parameters:
  ///   - augmentation: what is done to training scenes.
  ///   - cropSize: the side of the square that the network sees in training, in pixels.
  ///   - seed: the seed of the augmentation.
  ///   - evaluation: how whole scenes are judged.
  public init(
    _ data: TaskData<SegmentationDataset>,
    augmentation: Augmentation = .scene(SceneAugmentation()), cropSize: Int = 512,
    seed: UInt64 = 0, evaluation: EvaluationOptions
  ) {
    self.data = data
    self.augmentation = augmentation
    self.cropSize = cropSize
    self.seed = seed
    self.evaluation = evaluation
  }

  /// Colours and label values of the classes.
  public var checkpointMetadata: [String: String] {
    get throws {
      let encoder = JSONEncoder()
      // Unsorted keys would change their order from run to run, and so would the checkpoints of one seed.
      encoder.outputFormatting = .sortedKeys
      // Of several domains the first may have some of the classes alone.
      let named = data.training.first { $0.classes.names == classNames } ?? data.first
      let table = try encoder.encode(named.classes)
      return [CheckpointKey.classTable: String(decoding: table, as: UTF8.self)]
    }
  }

  /// The number of labelled pixels of each class in the training scenes; reads all label maps.
  public func countedClasses() throws -> [Int]? {
    try data.training.reduce(classNames.map { _ in 0 }) {
      zip($0, try $1.pixelCounts(policy: evaluation.onError)).map(+)
    }
  }

  /// The training images as views for a network.
  public func trainingSamples(
    for backbone: any Backbone, needsKeyView: Bool, styles: StyledViews?
  ) throws -> any SampleSource {
    let preparation: SegmentationSamples.Preparation =
      if case .scene(let augmentation) = augmentation {
        .augmented(augmentation, seed: seed)
      } else {
        .plain
      }
    let normalization = try ChannelNormalization(backbone.pixelScaling)
    return try data.samples { scenes, start in
      SegmentationSamples(
        scenes, numberedFrom: start, preparation: preparation, size: cropSize,
        needsKeyView: needsKeyView, normalization: normalization, styles: styles)
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
      network, by: SegmentationEvaluator(evaluation, device: device, sharedBy: processes))
  }
}
