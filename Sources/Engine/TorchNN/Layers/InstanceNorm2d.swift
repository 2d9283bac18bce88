import Torch

/// Instance normalisation: every channel of every image is normalised by its own mean and variance (Ulyanov et al. 2016).
public final class InstanceNorm2d: Initializable {
  /// γ, one per channel.
  public let weight: Parameter
  /// β, one per channel.
  public let bias: Parameter

  /// A norm over `channels` with γ = 1 and β = 0.
  public init(_ channels: Int) throws(TorchError) {
    weight = try Parameter([channels])
    bias = try Parameter([channels])
    try weight.initialize(to: 1)
  }

  /// Normalises N×channels×H×W maps.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try x.instanceNormalized(weight: weight.tensor, bias: bias.tensor, epsilon: 1e-5)
  }

  /// γ = 1, β = 0.
  public func initialize(using generator: Generator) throws(TorchError) {
    try weight.initialize(to: 1)
    try bias.initialize(to: 0)
  }
}
