import Torch

/// The Jensen–Shannon divergence of the softmax of two N×classes×… logits, averaged over everything but the classes; one element.
///
/// With m = (p + q) / 2 it is (KL(p ‖ m) + KL(q ‖ m)) / 2: between 0, where both are the same, and ln 2; symmetric.
public func jensenShannonDivergence(_ a: Tensor, _ b: Tensor) throws(TorchError) -> Tensor {
  let (logP, logQ) = (try a.logSoftmax(1), try b.logSoftmax(1))
  let (p, q) = (try logP.exp(), try logQ.exp())
  // At least half of the larger one, but both may be too small for a logarithm.
  let logM = try ((p + q) / 2).clamped(min: 1e-30).log()
  return try ((p * (logP - logM) + q * (logQ - logM)) / 2).sum([1]).mean()
}
