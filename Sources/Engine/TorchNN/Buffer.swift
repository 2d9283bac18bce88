import Torch

/// A tensor that belongs to the state of a module but is never trained, such as a running mean.
public struct Buffer: Sendable {
  /// The tensor; its identity never changes, its elements may.
  public let tensor: Tensor

  /// A buffer of the given elements.
  public init(_ tensor: Tensor) {
    self.tensor = tensor
  }
}
