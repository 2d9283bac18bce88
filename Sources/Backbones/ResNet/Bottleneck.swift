import Torch
import TorchNN

/// 1×1, 3×3, 1×1 convolutions with a shortcut: the block of ResNet-50 and deeper.
///
/// The stride is at the 3×3 convolution, as in torchvision.
final class Bottleneck: ResidualBlock {
  /// Output channels for each channel of the 3×3 convolution.
  static let expansion = 4

  let conv1: Convolution2d
  let bn1: BatchNorm2d
  let conv2: Convolution2d
  let bn2: BatchNorm2d
  let conv3: Convolution2d
  let bn3: BatchNorm2d
  let downsample: Shortcut?
  var lastNorm: BatchNorm2d { bn3 }

  init(_ inputs: Int, width: Int, stride: Int) throws(TorchError) {
    let outputs = width * Self.expansion
    conv1 = try Convolution2d(inputs, width, kernel: 1)
    bn1 = try BatchNorm2d(width)
    conv2 = try Convolution2d(
      width, width, kernel: 3, geometry: .init(stride: stride, padding: .symmetric(1)))
    bn2 = try BatchNorm2d(width)
    conv3 = try Convolution2d(width, outputs, kernel: 1)
    bn3 = try BatchNorm2d(outputs)
    downsample =
      stride != 1 || inputs != outputs ? try Shortcut(inputs, outputs, stride: stride) : nil
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let narrow = try conv1(x, normalizedBy: bn1).reluInPlace()
    let filtered = try conv2(narrow, normalizedBy: bn2).reluInPlace()
    let residual = try conv3(filtered, normalizedBy: bn3)
    try residual.addInPlace(downsample?(x) ?? x)
    return try residual.reluInPlace()
  }
}
