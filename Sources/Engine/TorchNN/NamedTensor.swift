import Torch

/// A tensor of a module with its key in the state dict.
public struct NamedTensor: Sendable {
  /// The key, such as `layer3.0.bn1.weight`.
  public let name: String
  /// The tensor itself, not a copy.
  public let tensor: Tensor
  /// Whether training may change it; a buffer otherwise.
  public let isParameter: Bool

  /// A tensor under a key.
  public init(name: String, tensor: Tensor, isParameter: Bool) {
    self.name = name
    self.tensor = tensor
    self.isParameter = isParameter
  }

  /// The same under a longer key.
  public func prefixed(_ prefix: String) -> NamedTensor {
    NamedTensor(name: prefix + name, tensor: tensor, isParameter: isParameter)
  }
}
