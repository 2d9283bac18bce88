import Torch

/// A fully connected layer: y = x·Wᵀ + b.
public final class Linear: Initializable {
  /// Outputs×inputs.
  public let weight: Parameter
  /// Outputs.
  public let bias: Parameter

  /// A layer of zeros; initialise it or load weights.
  public init(_ inputs: Int, _ outputs: Int) throws(TorchError) {
    weight = try Parameter([outputs, inputs])
    bias = try Parameter([outputs])
  }

  /// Maps N×inputs to N×outputs.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try x.linear(weight: weight.tensor, bias: bias.tensor)
  }

  /// PyTorch's default: weight and bias are uniform within 1/√inputs.
  public func initialize(using generator: Generator) throws(TorchError) {
    let bound = 1 / Double(weight.tensor.shape[1]).squareRoot()
    try weight.initializeUniform(bound: bound, using: generator)
    try bias.initializeUniform(bound: bound, using: generator)
  }
}
