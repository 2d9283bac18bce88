import Torch
import TorchNN

/// One linear map from the last features of each place to its logits, as networks are probed.
final class LinearHead: SegmentationHead {
  let classifier: Convolution2d

  init(_ inputs: Int, classes: Int) throws(TorchError) {
    classifier = try Convolution2d(inputs, classes, kernel: 1, hasBias: true)
  }

  func callAsFunction(_ features: FeatureMaps, mode: NetworkMode) throws -> Tensor {
    try classifier(features.last)
  }
}
