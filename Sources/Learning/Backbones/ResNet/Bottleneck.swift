import Torch
import TorchNN

/// 1×1, 3×3, 1×1 convolutions with a shortcut: the block of ResNet-50 and deeper.
///
/// The stride is at the 3×3 convolution, as in torchvision; CLIP's networks have the means of squares after it, and before the
/// convolution of the shortcut.
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
  /// The side of the squares; nil for none.
  private let pooling: Int?

  init(_ shape: ResidualShape) throws(TorchError) {
    let outputs = shape.width * Self.expansion
    conv1 = try Convolution2d(shape.inputs, shape.width, kernel: 1)
    bn1 = try shape.firstNorm()
    pooling = shape.pools && shape.stride > 1 ? shape.stride : nil
    conv2 = try ResidualShape.filter(
      shape.width, shape.width, stride: pooling == nil ? shape.stride : 1,
      dilation: shape.dilations.first)
    bn2 = try BatchNorm2d(shape.width)
    conv3 = try Convolution2d(shape.width, outputs, kernel: 1)
    bn3 = try BatchNorm2d(outputs)
    downsample = try shape.shortcut(outputs)
    sumNorm = shape.normalizesSum ? try InstanceNorm2d(outputs) : nil
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let narrow = try bn1.rectified(conv1, of: x)
    let filtered = try pooled(conv2(narrow, normalizedBy: bn2, activation: .relu))
    return try rectifiedSum(conv3, of: filtered, downsample?(pooled(x)) ?? x)
  }

  private func pooled(_ x: Tensor) throws(TorchError) -> Tensor {
    try pooling.map { side throws(TorchError) in try x.averagePooled(side: side) } ?? x
  }
}
