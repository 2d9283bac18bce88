import Torch
import TorchNN

/// Attention and a network for each token, each behind a norm and beside a shortcut.
final class TransformerBlock: Module {
  static let stateKeys = ["attention": "attn", "network": "mlp", "scale1": "ls1", "scale2": "ls2"]

  let norm1: LayerNorm
  let attention: SelfAttention
  let scale1: LayerScale?
  let norm2: LayerNorm
  let network: any TokenNetwork
  let scale2: LayerScale?

  init(_ size: VisionTransformerSize, _ family: VisionTransformerFamily) throws(TorchError) {
    norm1 = try LayerNorm(size.width, epsilon: family.epsilon)
    attention = try SelfAttention(size)
    scale1 = family.scalesLayers ? try LayerScale(size.width) : nil
    norm2 = try LayerNorm(size.width, epsilon: family.epsilon)
    network =
      size.usesSwiGLU
      ? try SwiGLU(size) : try TwoLayers(size, usesQuickGELU: family.usesQuickGELU)
    scale2 = family.scalesLayers ? try LayerScale(size.width) : nil
  }

  /// Maps N×L×C to N×L×C.
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let mixed = try attention(x, of: norm1.step)
    let x = try x + (scale1?(mixed) ?? mixed)
    let changed = try network(x, of: norm2.step)
    return try x + (scale2?(changed) ?? changed)
  }
}
