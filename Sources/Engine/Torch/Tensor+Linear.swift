import CTorch

extension Tensor {
  /// x·Wᵀ + b for x of …×I, W of O×I and b of O.
  public func linear(weight: Tensor, bias: Tensor?) throws(TorchError) -> Tensor {
    try Tensor.produce(
      "linear", [self, weight, bias], as: rank == 2 ? .linear : .projection
    ) {
      ct_linear($0[0], $0[1], $0[2])
    }
  }

  /// f(x)·(W + s·B·A)ᵀ + b for x of …×I, W of O×I and b of O.
  ///
  /// In float32 on the CPU the backward pass needs x alone: what `input` makes of it, and the products with A, are computed
  /// again there instead of kept. Large products are left to oneDNN where it has AVX-512.
  /// - Parameters:
  ///   - input: f.
  ///   - change: s·B·A; nil for none.
  public func linear(
    weight: Tensor, bias: Tensor?, of input: LinearInput, adding change: LowRankChange? = nil
  ) throws(TorchError) -> Tensor {
    guard isPlain, weight.isPlain, !OperationTrace.isRecording, autocastType(on: .cpu) == nil else {
      let x = try input(self)
      let y = try x.linear(weight: weight, bias: bias)
      guard let change else { return y }
      return try y
        + (x.linear(weight: change.a, bias: nil) * change.scale).linear(weight: change.b, bias: nil)
    }
    var norm: (weight: Tensor, bias: Tensor, epsilon: Double)?
    if case .normalized(let weight, let bias, let epsilon) = input {
      norm = (weight, bias, epsilon)
    }
    let scale = try change?.scale.item() ?? 1
    return try Tensor.produce(
      "linear", [self, norm?.weight, norm?.bias, weight, bias, change?.a, change?.b]
    ) {
      ct_linear_layer(
        $0[0], input.code, $0[1], $0[2], norm?.epsilon ?? 0, $0[3], $0[4], $0[5], $0[6], scale)
    }
  }

  /// Float32 on the CPU.
  private var isPlain: Bool { dtype == .float32 && device == .cpu }
}
