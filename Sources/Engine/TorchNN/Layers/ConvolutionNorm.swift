import Torch

/// A norm that follows a convolution and may become one with it.
public protocol ConvolutionNorm: Module {
  /// Normalises N×C×H×W maps.
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor

  /// The normalised convolution of N×C×H×W maps, after its ReLU.
  func rectified(_ convolution: Convolution2d, of x: Tensor) throws(TorchError) -> Tensor
}

extension ConvolutionNorm {
  /// One after the other, as whatever looks at the very image must.
  public func rectified(
    _ convolution: Convolution2d, of x: Tensor
  ) throws(TorchError) -> Tensor {
    try self(convolution(x)).reluInPlace()
  }
}

extension BatchNorm2d: ConvolutionNorm {
  /// Folded into the convolution.
  public func rectified(
    _ convolution: Convolution2d, of x: Tensor
  ) throws(TorchError) -> Tensor {
    try convolution(x, normalizedBy: self, activation: .relu)
  }
}

extension InstanceNorm2d: ConvolutionNorm {}
