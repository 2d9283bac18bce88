import Torch
import TorchNN

/// Patches of the images, normalised: the stem.
final class ConvNeXtStem: Module {
  static let stateKeys = ["convolution": "0", "norm": "1"]

  let convolution: Convolution2d
  let norm: LayerNorm

  init(_ channels: Int) throws(TorchError) {
    convolution = try Convolution2d(
      3, channels, kernel: 4, geometry: .init(stride: 4), hasBias: true)
    norm = try LayerNorm(channels, epsilon: ConvNeXtBlock.epsilon)
  }

  func callAsFunction(_ images: Tensor) throws(TorchError) -> Tensor {
    try norm(channelsOf: convolution(images.channelsLast()))
  }
}

/// The way from one stage to the next, of half the resolution.
final class ConvNeXtReduction: Module {
  static let stateKeys = ["norm": "0", "convolution": "1"]

  let norm: LayerNorm
  let convolution: Convolution2d

  init(_ inputs: Int, _ outputs: Int, geometry: ConvolutionGeometry) throws(TorchError) {
    norm = try LayerNorm(inputs, epsilon: ConvNeXtBlock.epsilon)
    convolution = try Convolution2d(inputs, outputs, kernel: 2, geometry: geometry, hasBias: true)
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try convolution(norm(channelsOf: x))
  }
}

extension LayerNorm {
  /// Normalises the channels of each place of N×C×H×W maps.
  fileprivate func callAsFunction(channelsOf x: Tensor) throws(TorchError) -> Tensor {
    try self(x.permuted([0, 2, 3, 1])).permuted([0, 3, 1, 2])
  }
}
