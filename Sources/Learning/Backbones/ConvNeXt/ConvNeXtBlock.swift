import Torch
import TorchNN

/// A 7×7 convolution of each channel, a norm, and two layers at each place, beside a shortcut.
final class ConvNeXtBlock: Module {
  static let stateKeys = [
    "depthwise": "block.0", "norm": "block.2", "fc1": "block.3", "fc2": "block.5",
    "scale": "layer_scale",
  ]
  static let epsilon = 1e-6

  let scale: Parameter
  let depthwise: Convolution2d
  let norm: LayerNorm
  let fc1: Linear
  let fc2: Linear

  init(_ channels: Int, dilation: Int) throws(TorchError) {
    scale = try Parameter([channels, 1, 1])
    depthwise = try Convolution2d(
      channels, channels, kernel: 7,
      geometry: .init(padding: .symmetric(3 * dilation), dilation: dilation, groups: channels),
      hasBias: true)
    norm = try LayerNorm(channels, epsilon: Self.epsilon)
    fc1 = try Linear(channels, 4 * channels)
    fc2 = try Linear(4 * channels, channels)
  }

  /// Maps N×C×H×W to N×C×H×W. In the order of channels-last maps, the layers of each place read memory row by row.
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let places = try depthwise(x).permuted([0, 2, 3, 1])
    let changed = try fc2(fc1(places, of: norm.step), of: .gelu)
    return try x + changed.permuted([0, 3, 1, 2]) * scale.tensor
  }
}
