import Torch
import TorchNN

/// The network of a block that sees each token by itself.
protocol TokenNetwork: Module {
  /// Maps N×L×C to N×L×C.
  /// - Parameter input: what is done to x first.
  func callAsFunction(_ x: Tensor, of input: LinearInput) throws(TorchError) -> Tensor
}

/// Two layers with GELU between them.
final class TwoLayers: TokenNetwork {
  let fc1: Linear
  let fc2: Linear
  private let activation: LinearInput

  init(_ size: VisionTransformerSize, usesQuickGELU: Bool) throws(TorchError) {
    fc1 = try Linear(size.width, size.hidden)
    fc2 = try Linear(size.hidden, size.width)
    activation = usesQuickGELU ? .quickGELU : .gelu
  }

  func callAsFunction(_ x: Tensor, of input: LinearInput) throws(TorchError) -> Tensor {
    try fc2(fc1(x, of: input), of: activation)
  }
}

/// SwiGLU: w3(SiLU(x₁) · x₂) with x₁ and x₂ the halves of w12(x) (Shazeer 2020).
final class SwiGLU: TokenNetwork {
  let w12: Linear
  let w3: Linear
  private let hidden: Int

  init(_ size: VisionTransformerSize) throws(TorchError) {
    w12 = try Linear(size.width, 2 * size.hidden)
    w3 = try Linear(size.hidden, size.width)
    hidden = size.hidden
  }

  func callAsFunction(_ x: Tensor, of input: LinearInput) throws(TorchError) -> Tensor {
    let both = try w12(x, of: input)
    return try w3(
      both.narrowed(2, 0..<hidden).silu() * both.narrowed(2, hidden..<2 * hidden))
  }
}
