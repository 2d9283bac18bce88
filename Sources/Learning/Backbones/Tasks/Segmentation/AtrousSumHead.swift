import Torch
import TorchNN

/// The head of the DeepLab-v2 paper (Chen et al. 2016): the sum of 3×3 convolutions to the classes at four rates.
final class AtrousSumHead: SegmentationHead {
  static let rates = [6, 12, 18, 24]
  static let stateKeys = ["convolutions": "conv2d_list"]

  let convolutions: [Convolution2d]

  init(_ inputs: Int, classes: Int) throws(TorchError) {
    convolutions = try Self.rates.map { rate throws(TorchError) in
      try Convolution2d(
        inputs, classes, kernel: 3, geometry: .init(padding: .symmetric(rate), dilation: rate),
        hasBias: true)
    }
  }

  func callAsFunction(_ features: FeatureMaps, mode: NetworkMode) throws -> Tensor {
    let maps = try convolutions.map { branch throws(TorchError) in try branch(features.last) }
    for map in maps.dropFirst() { try maps[0].addInPlace(map) }
    return maps[0]
  }
}
