import Torch

/// A norm that follows a convolution and may become one with it.
public protocol ConvolutionNorm: Module {
  /// The normalised convolution of N×C×H×W maps, after its ReLU.
  func rectified(_ convolution: Convolution2d, of x: Tensor) throws(TorchError) -> Tensor
}

extension BatchNorm2d: ConvolutionNorm {
  /// Folded into the convolution.
  public func rectified(
    _ convolution: Convolution2d, of x: Tensor
  ) throws(TorchError) -> Tensor {
    try convolution(x, normalizedBy: self, activation: .relu)
  }
}

extension InstanceNorm2d: ConvolutionNorm {
  /// After the convolution: its statistics are those of the very image.
  public func rectified(
    _ convolution: Convolution2d, of x: Tensor
  ) throws(TorchError) -> Tensor {
    try self(convolution(x)).reluInPlace()
  }
}
