import Torch

/// A fully connected layer: y = x·Wᵀ + b, with W + s·B·A in the place of W where it is adapted.
public final class Linear: Initializable {
  /// Outputs×inputs.
  public let weight: Parameter
  /// Outputs.
  public let bias: Parameter
  /// What is added to the weight; nil for a layer that is not adapted.
  public private(set) var lora: LowRankAdapter?

  /// A layer of zeros; initialise it or load weights.
  public init(_ inputs: Int, _ outputs: Int) throws(TorchError) {
    weight = try Parameter([outputs, inputs])
    bias = try Parameter([outputs])
  }

  /// Maps …×inputs to …×outputs.
  /// - Parameter input: what is done to x first.
  public func callAsFunction(
    _ x: Tensor, of input: LinearInput = .unchanged
  ) throws(TorchError) -> Tensor {
    try x.linear(weight: weight.tensor, bias: bias.tensor, of: input, adding: lora?.change)
  }

  /// Adds a change of low rank to the weight, which trains from now on; the layer computes the same until then.
  /// - Parameter scale: what the change is multiplied by.
  public func adapt(rank: Int, scale: Double, using generator: Generator) throws(TorchError) {
    let shape = weight.tensor.shape
    lora = try LowRankAdapter(
      shape[1], shape[0], rank: rank, scale: scale, using: generator)
  }

  /// Splits the smallest singular components off the weight, as a change of low rank that trains from now on (SoMA; Yun et al.
  /// 2025): W − B·A stays as it is, with B = U·√Σ and A = √Σ·Vᵀ of the `rank` smallest singular values. The layer computes the
  /// same until then.
  public func adaptMinorComponents(rank: Int) throws(TorchError) {
    let whole = try weight.tensor.detached().converted(to: .float64)
    let (b, a) = try whole.singularComponents(
      min(rank, weight.tensor.shape.min() ?? rank), smallest: true)
    let adapter = try LowRankAdapter(b: b, a: a)
    // What float32 does not hold of the components is left with the rest.
    let change = try adapter.b.tensor.detached().converted(to: .float64).matmul(
      adapter.a.tensor.detached().converted(to: .float64))
    try withoutGradients { () throws(TorchError) in
      try weight.tensor.copyInPlace(whole - change)
    }
    lora = adapter
  }

  /// PyTorch's default: weight and bias are uniform within 1/√inputs.
  public func initialize(using generator: Generator) throws(TorchError) {
    let bound = 1 / Double(weight.tensor.shape[1]).squareRoot()
    try weight.initializeUniform(bound: bound, using: generator)
    try bias.initializeUniform(bound: bound, using: generator)
  }
}
