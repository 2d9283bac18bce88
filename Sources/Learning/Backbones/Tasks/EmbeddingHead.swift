import Torch
import TorchNN

/// CLIP's classifier of names (Radford et al. 2021): the logit of a class is s·⟨e, t⟩ with e the image's embedding P·x and t that of the
/// class's name, both of length 1.
public final class EmbeddingHead: Module, PooledHead {
  /// P, the published projection.
  public let projection: Linear
  /// One row of length 1 for each class.
  public let texts: Parameter
  /// s, one number.
  public let scale: Buffer

  /// A head of zeros; load weights.
  public init(_ inputs: Int, dimension: Int, classes: Int) throws(TorchError) {
    projection = try Linear(inputs, dimension)
    texts = try Parameter([classes, dimension])
    scale = Buffer(try .full([], 1))
  }

  /// Maps N×inputs to logits of N×classes.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try projection(x).normalized(1).linear(weight: texts.tensor, bias: nil) * scale.tensor
  }
}
