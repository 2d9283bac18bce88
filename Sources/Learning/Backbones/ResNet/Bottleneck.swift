import Torch
import TorchNN

/// 1×1, 3×3, 1×1 convolutions with a shortcut: the block of ResNet-50 and deeper.
///
/// The stride is at the 3×3 convolution, as in torchvision.
final class Bottleneck: ResidualBlock {
  /// Output channels for each channel of the 3×3 convolution.
  static let expansion = 4

  static let stateKeys = ["sumNorm": "IN"]

  let conv1: Convolution2d
  let bn1: any ConvolutionNorm
  let conv2: Convolution2d
  let bn2: BatchNorm2d
  let conv3: Convolution2d
  let bn3: BatchNorm2d
  let downsample: NormalizedConvolution?
  let sumNorm: InstanceNorm2d?
  var lastNorm: BatchNorm2d { bn3 }

  init(_ shape: ResidualShape) throws(TorchError) {
    let outputs = shape.width * Self.expansion
    conv1 = try Convolution2d(shape.inputs, shape.width, kernel: 1)
    bn1 = try shape.firstNorm()
    conv2 = try ResidualShape.filter(
      shape.width, shape.width, stride: shape.stride, dilation: shape.dilations.first)
    bn2 = try BatchNorm2d(shape.width)
    conv3 = try Convolution2d(shape.width, outputs, kernel: 1)
    bn3 = try BatchNorm2d(outputs)
    downsample = try shape.shortcut(outputs)
    sumNorm = shape.normalizesSum ? try InstanceNorm2d(outputs) : nil
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let narrow = try bn1.rectified(conv1, of: x)
    let filtered = try conv2(narrow, normalizedBy: bn2, activation: .relu)
    return try rectifiedSum(conv3(filtered, normalizedBy: bn3), downsample?(x) ?? x)
  }
}
