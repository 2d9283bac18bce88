import Torch

/// How a stage's map becomes one vector per image (g in the paper, section 3.3).
public enum Pooling: String, Sendable, CaseIterable {
  /// The places are weighted by how much each agrees with the mean of all (A-pool).
  case attention
  /// The mean over all places (GAP).
  case average

  /// The pooled map, N×C.
  /// - Parameters:
  ///   - map: N×C×H×W.
  ///   - source: the map that the attention is computed from, of the same size; not used by `average`.
  public func callAsFunction(_ map: Tensor, attentionFrom source: Tensor) throws(TorchError)
    -> Tensor
  {
    switch self {
    case .average: try map.mean([2, 3])
    case .attention: try attend(map, attentionWeights(of: source))
    }
  }
}

/// The attention a_ij = ⟨w_ij, w̄⟩ / Σ ⟨w_i'j', w̄⟩ of each place of a map, with w̄ its spatial mean: N×1×HW,
/// every row summing to 1 (paper section 3.3; Algorithm.md §3).
///
/// The paper's maps follow a ReLU, so that no agreement is below 0. Those of transformers and of ConvNeXt may be negative:
/// there a place that points away from the mean, ⟨w_ij, w̄⟩ < 0, gets no attention, and the others share it by the same
/// formula. An all-zero map gives uniform attention.
public func attentionWeights(of map: Tensor) throws(TorchError) -> Tensor {
  let places = try flattened(map)
  let mean = try places.mean([1], keeping: true)
  let agreement = try mean.matmul(places.transposed(1, 2)).clamped(min: 0)
  let total = try agreement.sum([2], keeping: true)
  // Where no place agrees with any other, every place counts the same, without a division by zero in the
  // forward or the backward pass.
  let isZero = try total.isAtMost(0)
  let one = try Tensor.ones([], dtype: map.dtype, device: map.device)
  let uniform = try one / Double(places.shape[1])
  let safeTotal = try one.selected(where: isZero, otherwise: total)
  return try uniform.selected(where: isZero, otherwise: agreement / safeTotal)
}

/// Σ_ij a_ij v_ij for a map v of N×C×H×W and attention a of N×1×HW: N×C.
public func attend(_ map: Tensor, _ attention: Tensor) throws(TorchError) -> Tensor {
  try attention.matmul(flattened(map)).squeezed(1)
}

/// N×HW×C: for a channels-last map this is the same memory, and its gradient has that order too.
private func flattened(_ map: Tensor) throws(TorchError) -> Tensor {
  let shape = map.shape
  guard shape.count == 4 else {
    throw TorchError(
      operation: "pooling", message: "expected a map of N×C×H×W", operands: [map.signature])
  }
  return try map.permuted([0, 2, 3, 1]).reshaped([shape[0], shape[2] * shape[3], shape[1]])
}
