import Torch

/// Batch normalisation with constant statistics, except in the training of a head; a backbone's are never updated.
public final class BatchNorm2d: Initializable {
  /// γ, one per channel.
  public let weight: Parameter
  /// β, one per channel.
  public let bias: Parameter
  /// μ, one per channel.
  public let runningMean: Buffer
  /// σ², one per channel.
  public let runningVar: Buffer
  /// Kept only for the exchange of weights with PyTorch.
  public let numBatchesTracked: Buffer
  private let epsilon: Double
  /// 1/√(σ² + ε), kept while the statistics are as they were; `numBatchesTracked` counts what training does to them.
  private let reciprocalDeviation = Guarded<(sources: [TensorVersion], value: Tensor)?>(nil)
  /// The share of a batch's statistics in the constant ones.
  private static let momentum = 0.1

  /// A norm over `channels` that changes nothing until weights are loaded.
  public init(_ channels: Int, epsilon: Double = 1e-5) throws(TorchError) {
    weight = try Parameter([channels])
    bias = try Parameter([channels])
    runningMean = Buffer(try .zeros([channels]))
    runningVar = Buffer(try .ones([channels]))
    numBatchesTracked = Buffer(try .zeros([], dtype: .int64))
    self.epsilon = epsilon
    try weight.initialize(to: 1)
  }

  /// Normalises N×channels×H×W maps; the folded form is tested against this plain one.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try x.batchNormalized(
      weight: weight.tensor, bias: bias.tensor, mean: runningMean.tensor,
      variance: runningVar.tensor, epsilon: epsilon)
  }

  /// Normalises N×channels×H×W maps by their own statistics, and moves the constant ones a tenth of the way there.
  /// - Parameter share: the images of the batch that `x` holds, where it does not hold all; the statistics are those of the
  ///   whole batch.
  /// - Throws: `TorchError` if a channel has only a single value, which has no variance.
  public func normalizingByBatch(
    _ x: Tensor, share: BatchShare? = nil
  ) throws(TorchError) -> Tensor {
    let shape = x.shape
    guard shape.count == 4, (share?.total ?? shape[0]) * shape[2] * shape[3] > 1 else {
      throw TorchError(
        operation: "batch norm",
        message: """
          expected more than one value per channel to train on, as a batch of at least 2 images has
          """, operands: [x.signature])
    }
    let result =
      if let share {
        try normalized(x, byBatchOf: share)
      } else {
        try x.batchNormalizedInTraining(
          weight: weight.tensor, bias: bias.tensor, mean: runningMean.tensor,
          variance: runningVar.tensor, momentum: Self.momentum, epsilon: epsilon)
      }
    try numBatchesTracked.tensor.copyInPlace(numBatchesTracked.tensor + 1)
    return result
  }

  /// The same with the mean and variance over the batch of all processes, through which gradients flow between them
  /// (synchronised batch norm).
  private func normalized(_ x: Tensor, byBatchOf share: BatchShare) throws(TorchError) -> Tensor {
    func perChannel(_ values: Tensor) throws(TorchError) -> Tensor {
      try values.reshaped([1, -1, 1, 1])
    }
    let count = Double(share.total * x.shape[2] * x.shape[3])
    let mean = try x.sum([0, 2, 3]).summed(over: share.group) / count
    let centred = try x - perChannel(mean)
    let variance = try centred.power(2).sum([0, 2, 3]).summed(over: share.group) / count
    try withoutGradients { () throws(TorchError) in
      try runningMean.tensor.interpolateInPlace(towards: mean, weight: Self.momentum)
      try runningVar.tensor.interpolateInPlace(
        towards: variance * (count / (count - 1)), weight: Self.momentum)
    }
    let factor = try (variance + epsilon).reciprocalSquareRoot() * weight.tensor
    return try centred * perChannel(factor) + perChannel(bias.tensor)
  }

  /// γ = 1, β = 0.
  public func initialize(using generator: Generator) throws(TorchError) {
    try weight.initialize(to: 1)
    try bias.initialize(to: 0)
  }

  /// All tensors of the norm. `numBatchesTracked` stands for the statistics: libtorch does not count it as a change of them
  /// when training moves them.
  var tensors: [Tensor] {
    [
      weight.tensor, bias.tensor, runningMean.tensor, runningVar.tensor, numBatchesTracked.tensor,
    ]
  }

  /// Whether neither γ nor β is trained.
  var isFrozen: Bool { !weight.tensor.requiresGradient && !bias.tensor.requiresGradient }

  /// γ/√(σ² + ε), the factor of each channel.
  func scale() throws(TorchError) -> Tensor {
    let sources = [runningVar.tensor, numBatchesTracked.tensor].map(TensorVersion.init)
    let value = try reciprocalDeviation.withLock { kept throws(TorchError) in
      if let kept, kept.sources == sources { return kept.value }
      let value = try (runningVar.tensor + epsilon).reciprocalSquareRoot()
      kept = (sources, value)
      return value
    }
    return try weight.tensor * value
  }
}
