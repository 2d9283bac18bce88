import Torch
import TorchNN

/// Rein (Wei et al. 2024, equations 2 to 8): after each block, every token f of the network moves by what it has in common with m
/// learnt tokens T of that block.
///
/// S = softmax(f·Tᵀ/√c), Δ̄ = Σ_{k ≥ 2} S_k · (T_k·W_T + b_T), Δ = s·((Δ̄ + f)·W_f + b_f). The first learnt token takes what needs no
/// change. T = A·B is of low rank; W_T, b_T, W_f and b_f are the same for all blocks. The paper's tokens f are the patches; here
/// the class token, which classifiers see, is refined too.
package final class TokenRefinement: Initializable {
  /// s at the start.
  static let scale = 1e-3
  /// The smallest m: the first token changes nothing, the second one does.
  static let leastCount = 2

  /// The tokens of one block, as the product of two factors.
  final class Tokens: Module {
    /// A, m×r.
    let a: Parameter
    /// B, r×c.
    let b: Parameter

    init(count: Int, rank: Int, width: Int) throws(TorchError) {
      a = try Parameter([count, rank])
      b = try Parameter([rank, width])
    }
  }

  let tokens: [Tokens]
  /// W_T and b_T.
  let tokenLayer: Linear
  /// W_f and b_f.
  let featureLayer: Linear
  /// s, one number.
  let scale: Parameter

  /// A refinement of zeros; initialise it or load weights.
  package init(blocks: Int, count: Int, rank: Int, width: Int) throws(TorchError) {
    tokens = try (0..<blocks).map { _ throws(TorchError) in
      try Tokens(count: count, rank: rank, width: width)
    }
    tokenLayer = try Linear(width, width)
    featureLayer = try Linear(width, width)
    scale = try Parameter([1])
  }

  /// The refined tokens after a block, N×L×c.
  package func callAsFunction(_ x: Tensor, after block: Int) throws(TorchError) -> Tensor {
    let all = try tokens[block].a.tensor.matmul(tokens[block].b.tensor)
    let (count, width) = (all.shape[0], Double(all.shape[1]))
    let similarities = try x.linear(weight: all * (1 / width.squareRoot()), bias: nil).softmax(2)
    let values = try tokenLayer(all.narrowed(0, 1..<count))
    let shared = try similarities.narrowed(2, 1..<count)
      .linear(weight: values.transposed(), bias: nil)
    return try x + featureLayer(shared + x) * scale.tensor
  }

  /// Whether it changes nothing, as at the start.
  func isIdle() throws(TorchError) -> Bool {
    try withoutGradients { () throws(TorchError) in
      let largest = try [featureLayer.weight, featureLayer.bias].map {
        parameter throws(TorchError) in try parameter.tensor.absolute().max().item()
      }
      return largest.allSatisfy { $0 == 0 }
    }
  }

  /// W_f and b_f are 0, so that the network starts as it is; tokens are uniform with the variance that makes those of T 1 / c, and W_T is as
  /// PyTorch's layers are.
  package func initialize(using generator: Generator) throws(TorchError) {
    for tokens in tokens {
      let rank = Double(tokens.a.tensor.shape[1])
      try tokens.a.initializeUniform(bound: (3 / rank).squareRoot(), using: generator)
      try tokens.b.initializeUniform(
        bound: (3 / Double(tokens.b.tensor.shape[1])).squareRoot(), using: generator)
    }
    try featureLayer.weight.initialize(to: 0)
    try featureLayer.bias.initialize(to: 0)
    try tokenLayer.initialize(using: generator)
    try scale.initialize(to: Self.scale)
  }
}
