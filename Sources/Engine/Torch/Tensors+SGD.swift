import CTorch

/// What a step of stochastic gradient descent changes and reads for one parameter.
public struct SGDOperands {
  /// p, which is changed.
  public let parameter: Tensor
  /// g.
  public let gradient: Tensor
  /// b, the momentum buffer, which is changed.
  public let buffer: Tensor

  /// The operands of a parameter, all of the same shape, type and device.
  public init(parameter: Tensor, gradient: Tensor, buffer: Tensor) {
    self.parameter = parameter
    self.gradient = gradient
    self.buffer = buffer
  }
}

extension [SGDOperands] {
  /// b ← momentum·b + gradient·g + decay·p, p ← p − step·b for all parameters together; on the CPU in one pass over memory.
  public func stepBySGD(
    momentum: Double, gradient: Double, decay: Double, step: Double
  ) throws(TorchError) {
    let operands = map(\.parameter) + map(\.gradient) + map(\.buffer)
    try Tensor.perform("stepBySGD", operands) { pointers in
      let parts = (0..<3).map { part in [_](pointers[part * count..<(part + 1) * count]) }
      return ct_sgd(
        parts[0], parts[1], parts[2], Int32(clamping: count), momentum, gradient, decay, step)
    }
  }
}
