import CTorch

/// What a step of AdamW changes and reads for one parameter.
public struct AdamWOperands {
  /// p, which is changed.
  public let parameter: Tensor
  /// g.
  public let gradient: Tensor
  /// m, the mean gradient, which is changed.
  public let first: Tensor
  /// v, the mean squared gradient, which is changed.
  public let second: Tensor

  /// The operands of a parameter, all of the same shape, type and device.
  public init(parameter: Tensor, gradient: Tensor, first: Tensor, second: Tensor) {
    self.parameter = parameter
    self.gradient = gradient
    self.first = first
    self.second = second
  }
}

extension [AdamWOperands] {
  /// One step of AdamW for all parameters together, by libtorch's own kernel (Loshchilov & Hutter 2019).
  /// - Parameter step: t, counted from 1.
  public func stepByAdamW(
    _ step: Int, learningRate: Double, beta1: Double, beta2: Double, weightDecay: Double,
    epsilon: Double
  ) throws(TorchError) {
    let operands =
      map(\.parameter) + map(\.gradient) + map(\.first) + map(\.second)
    try Tensor.perform("stepByAdamW", operands) { pointers in
      let parts = (0..<4).map { part in [_](pointers[part * count..<(part + 1) * count]) }
      return ct_adamw(
        parts[0], parts[1], parts[2], parts[3], Int32(clamping: count), Double(step), learningRate,
        beta1, beta2, weightDecay, epsilon)
    }
  }
}
