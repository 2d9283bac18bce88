import Torch

/// Batch normalisation with constant statistics: the recipe never updates them (evaluation mode).
public final class BatchNorm2d: Initializable {
  /// γ, one a channel.
  public let weight: Parameter
  /// β, one a channel.
  public let bias: Parameter
  /// μ, one a channel.
  public let runningMean: Buffer
  /// σ², one a channel.
  public let runningVar: Buffer
  /// Kept for the interchange with PyTorch alone.
  public let numBatchesTracked: Buffer
  private let epsilon: Double

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

  /// Normalises N×channels×H×W maps; the plain form that the folded one is tested against.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try x.batchNormalized(
      weight: weight.tensor, bias: bias.tensor, mean: runningMean.tensor,
      variance: runningVar.tensor, epsilon: epsilon)
  }

  /// γ = 1, β = 0.
  public func initialize(using generator: Generator) throws(TorchError) {
    try weight.initialize(to: 1)
    try bias.initialize(to: 0)
  }

  /// Whether neither γ nor β is trained.
  var isFrozen: Bool { !weight.tensor.requiresGradient && !bias.tensor.requiresGradient }

  /// γ/√(σ² + ε), the factor of each channel.
  func scale() throws(TorchError) -> Tensor {
    try weight.tensor * (runningVar.tensor + epsilon).reciprocalSquareRoot()
  }
}
