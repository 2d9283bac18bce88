import CTorch

// Many tensors at once: a CUDA device then gets a few pieces of work instead of one for each tensor.
extension [Tensor] {
  /// Each tensor ← tensor · factor.
  public func multiplyInPlace(_ factor: Double) throws(TorchError) {
    try Tensor.perform("multiplyInPlace", self) { targets in
      ct_multiply_into_all(targets, Int32(clamping: count), factor)
    }
  }

  /// Each tensor ← tensor + factor · its counterpart in `sources`.
  /// - Throws: `TorchError` if there are more or fewer counterparts, or they have other shapes.
  public func addInPlace(_ sources: [Tensor], times factor: Double = 1) throws(TorchError) {
    guard sources.count == count else {
      throw TorchError(
        operation: "addInPlace",
        message: "\(count) tensors and \(sources.count) to be added to them")
    }
    try Tensor.perform("addInPlace", self + sources) { operands in
      let (targets, sources) = ([_](operands.prefix(count)), [_](operands.suffix(count)))
      return ct_add_into_all(targets, sources, Int32(clamping: count), factor)
    }
  }

  /// The L2 norm of the elements of all tensors together; 0 for no tensors.
  public func norm() throws(TorchError) -> Tensor {
    try Tensor.produce("norm of \(count) tensors", self) {
      ct_norm_of_all($0, Int32(clamping: count))
    }
  }
}
