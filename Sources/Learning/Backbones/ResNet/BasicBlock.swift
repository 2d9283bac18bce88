import Torch
import TorchNN

/// Two 3×3 convolutions with a shortcut: the block of ResNet-18 and -34.
final class BasicBlock: ResidualBlock {
  static let stateKeys = ["sumNorm": "IN"]

  let conv1: Convolution2d
  let bn1: any ConvolutionNorm
  let conv2: Convolution2d
  let bn2: BatchNorm2d
  let downsample: NormalizedConvolution?
  let sumNorm: InstanceNorm2d?
  var lastNorm: BatchNorm2d { bn2 }

  init(_ shape: ResidualShape) throws(TorchError) {
    conv1 = try ResidualShape.filter(
      shape.inputs, shape.width, stride: shape.stride, dilation: shape.dilations.first)
    bn1 = try shape.firstNorm()
    conv2 = try ResidualShape.filter(shape.width, shape.width, dilation: shape.dilations.rest)
    bn2 = try BatchNorm2d(shape.width)
    downsample = try shape.shortcut(shape.width)
    sumNorm = shape.normalizesSum ? try InstanceNorm2d(shape.width) : nil
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let hidden = try bn1.rectified(conv1, of: x)
    return try rectifiedSum(conv2, of: hidden, downsample?(x) ?? x)
  }
}
