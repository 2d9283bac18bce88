import CTorch

extension Tensor {
  /// Whether operations on the tensor are recorded for `backward`.
  public var requiresGradient: Bool { ask { ct_requires_gradient($0) } }

  /// Records operations on the tensor from now on, or no longer.
  /// - Throws: `TorchError` for whole-number tensors and, when turned off, for results of operations.
  public func requireGradient(_ required: Bool = true) throws(TorchError) {
    try Tensor.perform("requireGradient", [self]) { ct_require_gradient($0[0], required) }
  }

  /// Adds the derivative of this one-element tensor to the gradient of every leaf it depends on.
  public func backward() throws(TorchError) {
    try Tensor.perform("backward", [self]) { ct_backward($0[0]) }
  }

  /// The gradient that `backward` left, if any.
  public func gradient() throws(TorchError) -> Tensor? {
    var gradient: OpaquePointer?
    try Tensor.perform("gradient", [self]) { ct_gradient($0[0], &gradient) }
    return gradient.map(Tensor.init(owning:))
  }

  /// Makes `gradient` itself, not a copy, what `gradient()` gives.
  public func setGradient(_ gradient: Tensor) throws(TorchError) {
    try Tensor.perform("setGradient", [self, gradient]) { ct_set_gradient($0[0], $0[1]) }
  }

  /// Forgets the gradient.
  public func clearGradient() throws(TorchError) {
    try Tensor.perform("clearGradient", [self]) { ct_clear_gradient($0[0]) }
  }

  /// The same elements, cut off from the recorded operations.
  public func detached() throws(TorchError) -> Tensor {
    try Tensor.produce("detached", [self], as: .identity) { ct_detach($0[0]) }
  }
}

/// Whether operations are recorded for `backward` in this thread.
public var recordsGradients: Bool { ct_gradients_enabled() }

/// Runs `body` without recording operations, in this thread.
public func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let wereEnabled = ct_gradients_enabled()
  ct_enable_gradients(false)
  defer { ct_enable_gradients(wereEnabled) }
  return try body()
}
