import Torch
import TorchNN

/// A block whose input is added to its output.
protocol ResidualBlock: Initializable {
  /// The norm before the addition.
  var lastNorm: BatchNorm2d { get }

  /// Maps N×C×H×W to N×C'×H'×W'.
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor
}

extension ResidualBlock {
  /// Starts as its shortcut alone: γ = 0 in the last norm (Goyal et al. 2017). Constant statistics normalise nothing,
  /// so that a random network's activations would else double in variance with every block.
  func initialize(using generator: Generator) throws(TorchError) {
    try lastNorm.weight.initialize(to: 0)
  }
}

/// The 1×1 convolution that fits a block's input to its output where their shapes differ.
final class Shortcut: Module {
  static let stateKeys = [
    "convolution": "0",
    "norm": "1",
  ]

  let convolution: Convolution2d
  let norm: BatchNorm2d

  init(_ inputs: Int, _ outputs: Int, stride: Int) throws(TorchError) {
    convolution = try Convolution2d(
      inputs, outputs, kernel: 1, geometry: .init(stride: stride))
    norm = try BatchNorm2d(outputs)
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try convolution(x, normalizedBy: norm)
  }
}
