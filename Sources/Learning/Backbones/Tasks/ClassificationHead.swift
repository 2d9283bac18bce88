import Torch
import TorchNN

/// FC → ReLU → FC: the new classifier for pooled features, with the state dict keys of PyTorch's `Sequential`.
public final class ClassificationHead: Module, PooledHead {
  /// The published keys.
  public static let stateKeys = [
    "first": "0",
    "second": "2",
  ]

  let first: Linear
  let second: Linear

  /// A head of zeros; initialise it or load weights.
  public init(_ inputs: Int, hidden: Int, classes: Int) throws(TorchError) {
    first = try Linear(inputs, hidden)
    second = try Linear(hidden, classes)
  }

  /// Maps N×inputs to logits of N×classes.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try second(first(x).relu())
  }
}
