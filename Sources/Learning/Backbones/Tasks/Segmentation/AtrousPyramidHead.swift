import Torch
import TorchNN

/// The head that was released with CSG as DeepLab-v2 but is that of DeepLab-v3: atrous spatial pyramid pooling, a 3×3
/// convolution, and a 1×1 convolution to the classes (Algorithm.md §6), with the released keys.
final class AtrousPyramidHead: SegmentationHead {
  static let stateKeys = [
    "pyramid": "conv2d_list.0",
    "convolution": "conv2d_list.1",
    "norm": "conv2d_list.2",
    "classifier": "conv2d_list.4",
  ]

  let pyramid: AtrousPyramid
  let convolution: Convolution2d
  let norm: BatchNorm2d
  let classifier: Convolution2d

  init(_ inputs: Int, width: Int, classes: Int, dropout: Dropout) throws(TorchError) {
    pyramid = try AtrousPyramid(inputs, width: width, dropout: dropout)
    convolution = try Convolution2d(
      width, width, kernel: 3, geometry: .init(padding: .symmetric(1)))
    norm = try BatchNorm2d(width)
    classifier = try Convolution2d(width, classes, kernel: 1, hasBias: true)
  }

  func callAsFunction(_ features: FeatureMaps, mode: NetworkMode) throws -> Tensor {
    let mixed = try pyramid(features.last, mode: mode)
    return try classifier(convolution.rectified(mixed, by: norm, mode: mode))
  }
}
