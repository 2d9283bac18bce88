import Torch
import TorchNN

/// Multi-head self-attention: every token becomes a mean of all tokens' values (Vaswani et al. 2017).
final class SelfAttention: Module {
  /// Queries, keys and values of all heads.
  let qkv: Linear
  let proj: Linear
  private let heads: Int

  init(_ size: VisionTransformerSize) throws(TorchError) {
    qkv = try Linear(size.width, 3 * size.width)
    proj = try Linear(size.width, size.width)
    heads = size.heads
  }

  /// Maps N×L×C to N×L×C.
  /// - Parameter input: what is done to x first.
  func callAsFunction(_ x: Tensor, of input: LinearInput) throws(TorchError) -> Tensor {
    try proj(qkv(x, of: input).attended(heads: heads))
  }
}
