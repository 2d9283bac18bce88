import Torch

/// The positions where the kernel of a convolution is applied to its input.
public struct ConvolutionGeometry: Sendable {
  /// What surrounds the input.
  public enum Padding: Sendable {
    /// The given number of zeros on every side, as in PyTorch.
    case symmetric(Int)
    /// TensorFlow's "same": outputs = ⌈inputs / stride⌉; an odd zero is added to the right and at the bottom.
    case same
  }

  /// The step between two positions of the kernel.
  public let stride: Int
  /// What surrounds the input.
  public let padding: Padding
  /// The step between two taps of the kernel.
  public let dilation: Int
  /// The number of independent slices of the channels.
  public let groups: Int

  /// A geometry; by default stride 1 and no padding.
  public init(
    stride: Int = 1, padding: Padding = .symmetric(0), dilation: Int = 1, groups: Int = 1
  ) {
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
  }

  func check(inputs: Int, outputs: Int) throws(TorchError) {
    guard stride > 0, dilation > 0, groups > 0, inputs % groups == 0, outputs % groups == 0 else {
      throw TorchError(
        operation: "Convolution2d",
        message: """
          expected a stride, a dilation and groups of at least 1, and groups that divide \
          \(inputs) inputs and \(outputs) outputs; found stride \(stride), dilation \(dilation) \
          and \(groups) groups
          """)
    }
  }

  func convolve(
    _ x: Tensor, _ kernels: Kernels, activation: Activation
  ) throws(TorchError) -> Tensor {
    let size = x.shape
    switch padding {
    case .symmetric(let count):
      return try convolve(x, kernels, symmetric: count, activation)
    case .same where size.count < 2:
      return try convolve(x, kernels, symmetric: 0, activation)
    case .same:
      // One operation in a trace, since the zeros depend on the size of the image.
      return try OperationTrace.recording(
        .convolution(
          stride: stride, padding: .same, dilation: dilation, groups: groups,
          activation: activation),
        of: [x, kernels.weight, kernels.scale, kernels.bias]
      ) { () throws(TorchError) in try convolveKeepingPlaces(x, kernels, activation) }
    }
  }

  /// max(convolution + shortcut, 0).
  func rectifiedSum(
    _ x: Tensor, _ kernels: Kernels, _ shortcut: Tensor
  ) throws(TorchError) -> Tensor {
    guard case .symmetric(let count) = padding else {
      return try convolve(x, kernels, activation: .identity).addReluInPlace(shortcut)
    }
    return try x.convolved(
      weight: kernels.weight, scale: kernels.scale, bias: kernels.bias, stride: stride,
      padding: count, dilation: dilation, groups: groups, rectifiedWith: shortcut)
  }

  /// The convolution with the padding `same`.
  private func convolveKeepingPlaces(
    _ x: Tensor, _ kernels: Kernels, _ activation: Activation
  ) throws(TorchError) -> Tensor {
    let size = x.shape
    let vertical = samePadding(size[size.count - 2], kernels.weight.shape[2])
    let horizontal = samePadding(size[size.count - 1], kernels.weight.shape[3])
    if horizontal == vertical {
      return try convolve(
        x, kernels, symmetric: vertical / 2, trailing: vertical % 2, activation)
    }
    let padded = try x.padded([
      horizontal / 2, horizontal - horizontal / 2, vertical / 2, vertical - vertical / 2,
    ])
    return try convolve(padded, kernels, symmetric: 0, activation)
  }

  private func convolve(
    _ x: Tensor, _ kernels: Kernels, symmetric: Int, trailing: Int = 0, _ activation: Activation
  ) throws(TorchError) -> Tensor {
    try x.convolved(
      weight: kernels.weight, scale: kernels.scale, bias: kernels.bias, stride: stride,
      padding: symmetric, trailing: trailing, dilation: dilation, groups: groups,
      activation: activation)
  }

  /// The total number of zeros that "same" adds to the two sides of a dimension.
  private func samePadding(_ size: Int, _ kernel: Int) -> Int {
    let outputs = (size + stride - 1) / stride
    return max(0, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - size)
  }
}
