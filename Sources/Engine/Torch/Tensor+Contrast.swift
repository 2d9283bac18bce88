import CTorch

extension Tensor {
  /// The InfoNCE loss of queries, `self`, and the share of them whose own key is the most similar.
  ///
  /// The cross-entropy with target 0 of the logits (⟨q, k⟩, ⟨q, n_1⟩, …, ⟨q, n_K⟩) / τ, averaged over the queries. The N×(1+K)
  /// logits are never in memory as a whole, and the gradient of the queries is computed at once: `negatives` may be
  /// overwritten before the backward pass. Keys and negatives get no gradient.
  /// - Parameters:
  ///   - keys: N×D; row n belongs to query n.
  ///   - negatives: D×K.
  /// - Throws: `TorchError` if the shapes or types do not fit.
  public func infoNCE(
    keys: Tensor, negatives: Tensor, temperature: Double
  ) throws(TorchError) -> (loss: Tensor, top1: Tensor) {
    var loss: OpaquePointer?
    var top1: OpaquePointer?
    try Tensor.perform("infoNCE", [self, keys, negatives]) {
      ct_info_nce($0[0], $0[1], $0[2], temperature, &loss, &top1)
    }
    guard let loss, let top1 else { throw .last("infoNCE", [self, keys, negatives]) }
    return (Tensor(owning: loss), Tensor(owning: top1))
  }
}
