import Torch

/// A tensor of a module that training may change.
public struct Parameter: Sendable {
  /// The tensor, a leaf of the recorded operations; its identity never changes, its elements do.
  public let tensor: Tensor

  /// A parameter of zeros that records gradients.
  public init(_ shape: [Int]) throws(TorchError) {
    tensor = try Tensor.untouchedZeros(shape)
    try tensor.requireGradient()
  }
}
