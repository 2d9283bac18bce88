import Backbones
import Torch

/// The features that a network computes from the images of a data set.
struct FeatureSet {
  /// The data set's path.
  let path: String
  /// The features of each stage, N×C float32 on the CPU.
  let features: [Stage: Tensor]
  /// The mean ‖f_i − g_i‖² between two augmented views; nil where the recipe augments nothing.
  let viewAlignment: [Stage: Double]?
  /// The class of each image; nil where pixels have classes.
  let labels: [Int]?
  /// The names of the classes of `labels`.
  let classes: [String]?
  /// The number of images that could not be read.
  let skipped: Int

  /// The features of a stage.
  /// - Throws: `BackboneError.noMap` if they were not read.
  func features(of stage: Stage) throws(BackboneError) -> Tensor {
    guard let features = features[stage] else {
      throw .noMap(stage, kept: Set(features.keys))
    }
    return features
  }
}
