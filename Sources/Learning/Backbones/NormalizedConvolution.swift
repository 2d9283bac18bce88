import Torch
import TorchNN

/// A convolution and its batch norm, with the state dict keys of PyTorch's `Sequential`.
final class NormalizedConvolution: Module {
  static let stateKeys = [
    "convolution": "0",
    "norm": "1",
  ]

  let convolution: Convolution2d
  let norm: BatchNorm2d

  init(
    _ inputs: Int, _ outputs: Int, kernel: Int, geometry: ConvolutionGeometry = .init()
  ) throws(TorchError) {
    convolution = try Convolution2d(inputs, outputs, kernel: kernel, geometry: geometry)
    norm = try BatchNorm2d(outputs)
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try convolution(x, normalizedBy: norm)
  }
}
