import Torch

/// A norm that follows a convolution and may be folded into it.
public protocol ConvolutionNorm: Module {
  /// Normalises N×C×H×W maps.
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor

  /// The normalised convolution of N×C×H×W maps, after its ReLU.
  func rectified(_ convolution: Convolution2d, of x: Tensor) throws(TorchError) -> Tensor
}

extension ConvolutionNorm {
  /// Convolution and norm one after the other, as a norm needs whose statistics depend on the image.
  public func rectified(
    _ convolution: Convolution2d, of x: Tensor
  ) throws(TorchError) -> Tensor {
    try self(convolution(x)).reluInPlace()
  }
}

extension BatchNorm2d: ConvolutionNorm {
  /// The norm folded into the convolution.
  public func rectified(
    _ convolution: Convolution2d, of x: Tensor
  ) throws(TorchError) -> Tensor {
    try convolution(x, normalizedBy: self, activation: .relu)
  }
}

extension InstanceNorm2d: ConvolutionNorm {}
