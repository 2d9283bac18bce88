import CTorch

extension Tensor {
  /// max(x, 0).
  public func relu() throws(TorchError) -> Tensor {
    try Tensor.produce("relu", [self], as: .relu) { ct_relu($0[0]) }
  }

  /// min(max(x, 0), 6).
  public func relu6() throws(TorchError) -> Tensor {
    try Tensor.produce("relu6", [self], as: .relu6) { ct_relu6($0[0]) }
  }

  /// 1 / (1 + e^-x).
  public func sigmoid() throws(TorchError) -> Tensor {
    try Tensor.produce("sigmoid", [self], as: .sigmoid) { ct_sigmoid($0[0]) }
  }

  /// The activation of the cross-correlation of N×C×H×W maps with O×(C/groups)×h×w kernels. If `scale`, O, is given, each
  /// kernel is multiplied by its number; the scaled kernels are not kept for the backward pass.
  ///
  /// In float32 on the CPU, 3×3 kernels of stride 1 are applied by Winograd's filtering F(4×4, 3×3) where it is faster
  /// (Lavin & Gray 2016). Its rounding errors are about twice those of the plain sum. Elsewhere on the CPU an activation in the same pass
  /// may turn NaN into 0.
  /// - Parameters:
  ///   - padding: the zeros on every side.
  ///   - trailing: how many more are to the right and at the bottom; a trace cannot have them.
  public func convolved(
    weight: Tensor, scale: Tensor? = nil, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
    trailing: Int = 0, dilation: Int = 1, groups: Int = 1, activation: Activation = .identity
  ) throws(TorchError) -> Tensor {
    let traced =
      trailing > 0
      ? nil
      : TracedOperation.convolution(
        stride: stride, padding: .symmetric(padding), dilation: dilation, groups: groups,
        activation: activation)
    return try Tensor.produce("convolved", [self, weight, scale, bias], as: traced) {
      ct_conv2d(
        $0[0], $0[1], $0[2], $0[3], nil, Int64(stride), Int64(padding), Int64(trailing),
        Int64(dilation), Int64(groups), activation.code)
    }
  }

  /// max(convolution + shortcut, 0) in one pass; while a trace records, it is `convolved` and `addReluInPlace`.
  public func convolved(
    weight: Tensor, scale: Tensor?, bias: Tensor?, stride: Int, padding: Int, dilation: Int,
    groups: Int, rectifiedWith shortcut: Tensor
  ) throws(TorchError) -> Tensor {
    guard !OperationTrace.isRecording else {
      return try convolved(
        weight: weight, scale: scale, bias: bias, stride: stride, padding: padding,
        dilation: dilation, groups: groups
      ).addReluInPlace(shortcut)
    }
    return try Tensor.produce("convolved", [self, weight, scale, bias, shortcut]) {
      ct_conv2d(
        $0[0], $0[1], $0[2], $0[3], $0[4], Int64(stride), Int64(padding), 0, Int64(dilation),
        Int64(groups), Activation.relu.code)
    }
  }

  /// Batch normalisation of N×C×… maps with given, constant statistics of C.
  public func batchNormalized(
    weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, epsilon: Double
  ) throws(TorchError) -> Tensor {
    try Tensor.produce(
      "batchNormalized", [self, weight, bias, mean, variance], as: .batchNorm(epsilon: epsilon)
    ) {
      ct_batch_norm($0[0], $0[1], $0[2], $0[3], $0[4], epsilon)
    }
  }

  /// Batch normalisation of N×C×… maps by their own statistics; `mean` and `variance` of C are moved towards
  /// these by the share `momentum`.
  public func batchNormalizedInTraining(
    weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, momentum: Double,
    epsilon: Double
  ) throws(TorchError) -> Tensor {
    try Tensor.produce("batchNormalizedInTraining", [self, weight, bias, mean, variance]) {
      ct_batch_norm_training($0[0], $0[1], $0[2], $0[3], $0[4], momentum, epsilon)
    }
  }

  /// Every channel of every N×C×… map by its own mean and variance, then scaled and shifted.
  public func instanceNormalized(
    weight: Tensor, bias: Tensor, epsilon: Double
  ) throws(TorchError) -> Tensor {
    try Tensor.produce(
      "instanceNormalized", [self, weight, bias], as: .instanceNorm(epsilon: epsilon)
    ) {
      ct_instance_norm($0[0], $0[1], $0[2], epsilon)
    }
  }

  /// N×C×H×W maps at another size, by linear interpolation in both directions.
  /// - Parameter alignCorners: whether the centres of the corner places stay at the corners; otherwise their outer edges do.
  public func upsampledBilinear(
    height: Int, width: Int, alignCorners: Bool
  ) throws(TorchError) -> Tensor {
    try Tensor.produce(
      "upsampledBilinear(height: \(height), width: \(width))", [self],
      as: .resizing(height: height, width: width, alignCorners: alignCorners)
    ) {
      ct_upsample_bilinear2d($0[0], Int64(height), Int64(width), alignCorners)
    }
  }

  /// The largest value of each window of N×C×H×W maps.
  public func maxPooled(kernel: Int, stride: Int, padding: Int) throws(TorchError) -> Tensor {
    try Tensor.produce(
      "maxPooled", [self], as: .maxPooling(kernel: kernel, stride: stride, padding: padding)
    ) {
      ct_max_pool2d($0[0], Int64(kernel), Int64(stride), Int64(padding))
    }
  }

  /// N×C×H×W maps at the size of another map, by linear interpolation in both directions.
  public func upsampledBilinear(
    toPlacesOf other: Tensor, alignCorners: Bool
  ) throws(TorchError) -> Tensor {
    try OperationTrace.recording(
      .resizingToPlaces(alignCorners: alignCorners), of: [self, other]
    ) { () throws(TorchError) in
      try upsampledBilinear(
        height: other.shape[2], width: other.shape[3], alignCorners: alignCorners)
    }
  }

  /// The means of the side×side squares of N×C×H×W maps; what is left over at the right and at the bottom is dropped.
  public func averagePooled(side: Int) throws(TorchError) -> Tensor {
    try Tensor.produce("averagePooled(side: \(side))", [self], as: .averagePooling(side: side)) {
      ct_average_pool2d($0[0], Int64(side))
    }
  }

  /// The means of height×width cells that divide N×C×H×W maps as evenly as possible: N×C×height×width.
  public func averagePooled(height: Int, width: Int) throws(TorchError) -> Tensor {
    try Tensor.produce("averagePooled(\(height), \(width))", [self]) {
      ct_adaptive_average_pool2d($0[0], Int64(height), Int64(width))
    }
  }

  /// The logarithm of softmax along `dimension`.
  public func logSoftmax(_ dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.produce("logSoftmax", [self]) { ct_log_softmax($0[0], Int64(dimension)) }
  }

  /// How the losses of single targets become one.
  public enum Reduction: Sendable {
    /// Their mean.
    case mean
    /// Their sum.
    case sum
  }

  /// The cross-entropy of N×C(×…) logits with int64 classes of N(×…), over the targets that are not `ignored`.
  /// - Parameter weights: C numbers by which the losses of the classes are multiplied; the mean then divides by the sum of
  ///   the targets' weights, as PyTorch's `CrossEntropyLoss(weight=…)` does.
  public func crossEntropy(
    _ targets: Tensor, weights: Tensor? = nil, ignoring ignored: Int = -100,
    reduction: Reduction = .mean
  ) throws(TorchError) -> Tensor {
    try Tensor.produce("crossEntropy", [self, targets, weights]) {
      ct_cross_entropy($0[0], $0[1], $0[2], Int64(ignored), reduction == .mean)
    }
  }
}
