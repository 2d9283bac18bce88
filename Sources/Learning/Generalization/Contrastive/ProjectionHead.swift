import Torch
import TorchNN

/// {FC C→C, ReLU, FC C→D}: maps a stage's pooled features to the space of the contrastive loss (h in the paper).
public final class ProjectionHead: Module {
  /// The state dict keys of PyTorch's `Sequential`.
  public static let stateKeys = ["first": "0", "second": "2"]

  let first: Linear
  let second: Linear

  /// A head of zeros; initialise it or load weights.
  public init(_ inputs: Int, dimension: Int) throws(TorchError) {
    first = try Linear(inputs, inputs)
    second = try Linear(inputs, dimension)
  }

  /// Maps N×C to N×D, rows scaled to norm 1.
  public func callAsFunction(_ pooled: Tensor) throws(TorchError) -> Tensor {
    try second(first(pooled).relu()).normalized(1)
  }
}
