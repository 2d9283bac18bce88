import Torch

/// The InfoNCE loss of one stage (paper equation 2; van den Oord et al. 2018).
public struct InfoNCE {
  /// (⟨z_q, z_k⟩, ⟨z_q, queue_1⟩, … ⟨z_q, queue_K⟩) / τ, N×(1+K).
  public let logits: Tensor
  /// The cross-entropy of the logits with target 0, averaged over the batch; at least 0.
  public let loss: Tensor

  /// The loss of queries that should find their own key among those of a queue.
  /// - Parameters:
  ///   - queries: z_q, N×D, rows of norm 1.
  ///   - keys: z_k, N×D, rows of norm 1; row n belongs to query n.
  ///   - negatives: the queue, D×K, columns of norm 1.
  ///   - temperature: τ.
  public init(
    queries: Tensor, keys: Tensor, negatives: Tensor, temperature: Double
  ) throws(TorchError) {
    let positive = try (queries * keys).sum([1], keeping: true)
    let negative = try queries.matmul(negatives)
    logits = try Tensor.concatenated([positive, negative], 1) / temperature
    let targets = try Tensor.zeros([queries.shape[0]], dtype: .int64, device: queries.device)
    loss = try logits.crossEntropy(targets)
  }

  /// The share of queries whose own key is nearer than all of the queue, in [0, 1].
  public func top1() throws(TorchError) -> Double {
    let best = try logits.detached().argmax(1)
    return try best.isAtMost(0).converted(to: .float64).mean().item()
  }
}
