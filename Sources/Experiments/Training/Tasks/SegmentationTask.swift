import Backbones
import Datasets
import Foundation
import Imaging
import Inference
import Runs
import Torch

/// A class for every pixel.
public struct SegmentationTask: DatasetTask {
  /// What it is trained on and judged with.
  public let data: TaskData<SegmentationDataset>
  private let augmentation: Augmentation
  private let cropSize: Int
  private let seed: UInt64
  private let evaluation: EvaluationOptions

  /// The task of telling apart the classes of `data`, pixel by pixel.
  /// - Parameters:
  ///   - augmentation: what is done to training scenes.
  ///   - cropSize: the side of the square that the network sees in training, in pixels.
  ///   - seed: of the augmentation.
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
      // In any order the keys would differ from run to run, and with them the checkpoints of one seed.
      encoder.outputFormatting = .sortedKeys
      let table = try encoder.encode(data.training.classes)
      return [CheckpointKey.classTable: String(decoding: table, as: UTF8.self)]
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
    return SegmentationSamples(
      data.training, preparation: preparation, size: cropSize,
      needsKeyView: needsKeyView, normalization: try ChannelNormalization(backbone.pixelScaling),
      styles: styles)
  }

  /// Judges `network` on every set that is not trained on.
  public func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation] {
    try data.evaluate(network, by: SegmentationEvaluator(evaluation, device: device))
  }
}
