import Torch

extension Tensor {
  /// The log-odds log(p / (1 − p)) of p = (σ(a) + σ(b)) / 2, where a are these logits and b `other`, in float64.
  ///
  /// They order classes as p does, the score of an image and its mirror image (Algorithm.md §7). But p itself is 1 in float32 for all
  /// logits above 17, such as a hundred cosines, and says nothing of their order; the log-odds of one logit are the logit.
  ///
  /// With σ(z) = eᶻ / (1 + eᶻ) they are a + b + log(2 + e⁻ᵃ + e⁻ᵇ) − log(2 + eᵃ + eᵇ).
  func logOddsOfMeanSigmoid(with other: Tensor) throws(TorchError) -> Tensor {
    let a = try converted(to: .float64)
    let b = try other.converted(to: .float64)
    let (below, above) = (try Self.logOfSum(-a, -b), try Self.logOfSum(a, b))
    return try a + b + below - above
  }

  /// log(2 + eˣ + eʸ), which does not overflow: the softmax of (0, 0, x, y) begins with 1 / (2 + eˣ + eʸ).
  private static func logOfSum(_ x: Tensor, _ y: Tensor) throws(TorchError) -> Tensor {
    let zero = try Tensor.zeros(like: x).unsqueezed(0)
    let terms = try Tensor.concatenated([zero, zero, x.unsqueezed(0), y.unsqueezed(0)])
    return try -terms.logSoftmax(0).selected(0, 0)
  }
}
