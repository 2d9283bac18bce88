import Torch

/// The InfoNCE loss of one stage (paper equation 2; van den Oord et al. 2018).
public struct InfoNCE {
  private let queries: Tensor
  private let keys: Tensor
  private let negatives: Tensor
  private let temperature: Double

  /// The cross-entropy of the logits with target 0, averaged over the batch; at least 0. Gradients flow only to the
  /// queries, and do not need the queue any more.
  public let loss: Tensor
  /// The share of queries whose own key is nearer than all keys of the queue, in [0, 1]; one element.
  public let top1: Tensor

  /// Computes the loss of queries that should find their own key among the keys of a queue.
  /// - Parameters:
  ///   - queries: z_q, N×D, rows of norm 1.
  ///   - keys: z_k, N×D, rows of norm 1; row n belongs to query n.
  ///   - negatives: the queue, D×K, columns of norm 1.
  ///   - temperature: τ.
  /// - Throws: `TorchError` where the shapes do not fit.
  public init(
    queries: Tensor, keys: Tensor, negatives: Tensor, temperature: Double
  ) throws(TorchError) {
    self.queries = queries
    self.keys = keys
    self.negatives = negatives
    self.temperature = temperature
    (loss, top1) = try queries.infoNCE(
      keys: keys, negatives: negatives, temperature: temperature)
  }

  /// (⟨z_q, z_k⟩, ⟨z_q, queue_1⟩, … ⟨z_q, queue_K⟩) / τ, N×(1+K): the logits of the loss.
  ///
  /// The loss does not keep them in memory; so they are computed when requested, with the queue as it is then.
  public var logits: Tensor {
    get throws(TorchError) {
      let positive = try (queries * keys).sum([1], keeping: true)
      let negative = try queries.matmul(negatives)
      return try Tensor.concatenated([positive, negative], 1) / temperature
    }
  }
}
