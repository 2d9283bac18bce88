import CTorch

extension Tensor {
  /// The sum of all elements.
  public func sum() throws(TorchError) -> Tensor {
    try Tensor.produce("sum", [self]) { ct_sum($0[0]) }
  }

  /// The sum along `dimensions`, which stay with size 1 if `keeping`.
  public func sum(_ dimensions: [Int], keeping: Bool = false) throws(TorchError) -> Tensor {
    try Tensor.produce("sum", [self]) {
      ct_sum_dims($0[0], dimensions.sizes, dimensions.length, keeping)
    }
  }

  /// The mean of all elements.
  public func mean() throws(TorchError) -> Tensor {
    try Tensor.produce("mean", [self]) { ct_mean($0[0]) }
  }

  /// The mean along `dimensions`, which stay with size 1 if `keeping`.
  public func mean(_ dimensions: [Int], keeping: Bool = false) throws(TorchError) -> Tensor {
    try Tensor.produce(
      "mean", [self], as: .mean(dimensions: dimensions, keeping: keeping)
    ) {
      ct_mean_dims($0[0], dimensions.sizes, dimensions.length, keeping)
    }
  }

  /// The largest element.
  public func max() throws(TorchError) -> Tensor {
    try Tensor.produce("max", [self]) { ct_max($0[0]) }
  }

  /// How often each of 0 ..< `limit` occurs among whole numbers, int64; more places where larger ones occur.
  public func occurrences(below limit: Int) throws(TorchError) -> Tensor {
    try Tensor.produce("occurrences(below: \(limit))", [self]) { ct_bincount($0[0], Int64(limit)) }
  }

  /// The index of the largest element along `dimension`.
  public func argmax(_ dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.produce("argmax", [self]) { ct_argmax($0[0], Int64(dimension)) }
  }

  /// The Euclidean norm along `dimensions`, which stay with size 1 if `keeping`.
  public func norm(_ dimensions: [Int], keeping: Bool = false) throws(TorchError) -> Tensor {
    try Tensor.produce("norm", [self]) {
      ct_norm_dims($0[0], dimensions.sizes, dimensions.length, keeping)
    }
  }

  /// Scaled to Euclidean norm 1 along `dimension`; norms below 1e-12 count as 1e-12.
  public func normalized(_ dimension: Int) throws(TorchError) -> Tensor {
    try OperationTrace.recording(.normalizing(dimension: dimension), of: [self]) {
      () throws(TorchError) in
      try self / norm([dimension], keeping: true).clamped(min: 1e-12)
    }
  }
}
