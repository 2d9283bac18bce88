import Torch
import TorchNN

/// The head of DeepLab-v3+ (Chen et al. 2018): atrous spatial pyramid pooling, scaled up to the size of stage 1 and refined together
/// with 48 channels of its map by two 3×3 convolutions. The pyramid has the rates of an output stride of 8.
final class RefinedPyramidHead: SegmentationHead {
  /// The channels that the fine map is reduced to, so that it does not outweigh the coarse one.
  static let fineWidth = 48

  let pyramid: AtrousPyramid
  let reduction: NormalizedConvolution
  let refinement: [NormalizedConvolution]
  let classifier: Convolution2d
  let stages: Set<Stage> = [.layer1]

  init(
    _ inputs: Int, fine: Int, width: Int, classes: Int, dropout: Dropout
  ) throws(TorchError) {
    pyramid = try AtrousPyramid(inputs, width: width, dropout: dropout)
    reduction = try NormalizedConvolution(fine, Self.fineWidth, kernel: 1)
    refinement = try [width + Self.fineWidth, width].map { inputs throws(TorchError) in
      try NormalizedConvolution(
        inputs, width, kernel: 3, geometry: .init(padding: .symmetric(1)))
    }
    classifier = try Convolution2d(width, classes, kernel: 1, hasBias: true)
  }

  func callAsFunction(_ features: FeatureMaps, mode: NetworkMode) throws -> Tensor {
    let fine = try reduction(features[.layer1], mode: mode)
    let coarse = try pyramid(features.last, mode: mode)
      .upsampledBilinear(toPlacesOf: fine, alignCorners: true)
    var x = try Tensor.concatenated([coarse, fine], 1)
    for layer in refinement { x = try layer(x, mode: mode) }
    return try classifier(x)
  }
}
