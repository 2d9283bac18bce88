import Torch
import TorchNN

/// Two 3×3 convolutions with a shortcut: the block of ResNet-18 and -34.
final class BasicBlock: ResidualBlock {
  let conv1: Convolution2d
  let bn1: BatchNorm2d
  let conv2: Convolution2d
  let bn2: BatchNorm2d
  let downsample: Shortcut?
  var lastNorm: BatchNorm2d { bn2 }

  init(_ inputs: Int, _ outputs: Int, stride: Int) throws(TorchError) {
    conv1 = try Convolution2d(
      inputs, outputs, kernel: 3, geometry: .init(stride: stride, padding: .symmetric(1)))
    bn1 = try BatchNorm2d(outputs)
    conv2 = try Convolution2d(outputs, outputs, kernel: 3, geometry: .init(padding: .symmetric(1)))
    bn2 = try BatchNorm2d(outputs)
    downsample =
      stride != 1 || inputs != outputs ? try Shortcut(inputs, outputs, stride: stride) : nil
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let hidden = try conv1(x, normalizedBy: bn1).reluInPlace()
    let residual = try conv2(hidden, normalizedBy: bn2)
    try residual.addInPlace(downsample?(x) ?? x)
    return try residual.reluInPlace()
  }
}
