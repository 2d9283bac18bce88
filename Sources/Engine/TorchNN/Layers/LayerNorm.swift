import Torch

/// Layer normalisation: every vector by its own mean and variance (Ba et al. 2016).
public final class LayerNorm: Initializable {
  /// γ, one per channel.
  public let weight: Parameter
  /// β, one per channel.
  public let bias: Parameter
  private let epsilon: Double

  /// A norm over `channels` with γ = 1 and β = 0.
  public init(_ channels: Int, epsilon: Double = 1e-5) throws(TorchError) {
    weight = try Parameter([channels])
    bias = try Parameter([channels])
    self.epsilon = epsilon
    try weight.initialize(to: 1)
  }

  /// Normalises …×channels.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try x.layerNormalized(weight: weight.tensor, bias: bias.tensor, epsilon: epsilon)
  }

  /// The norm as the first step of a linear layer.
  public var step: LinearInput {
    .normalized(weight: weight.tensor, bias: bias.tensor, epsilon: epsilon)
  }

  /// γ = 1, β = 0.
  public func initialize(using generator: Generator) throws(TorchError) {
    try weight.initialize(to: 1)
    try bias.initialize(to: 0)
  }
}
