import Torch

/// A two-dimensional convolution; without bias where a batch norm follows.
public final class Convolution2d: Initializable, Freezable {
  /// Outputs×(inputs/groups)×kernel×kernel, laid out channels-last.
  public let weight: Parameter
  /// Outputs; nil where a norm has its own.
  public let bias: Parameter?
  private let geometry: ConvolutionGeometry
  /// The kernels under a frozen norm, by the type that passes ran in; their own type's share the weight.
  private var frozen: [DType: Kernels] = [:]
  private var isFrozen = false

  /// A layer of zeros; initialise it or load weights.
  /// - Throws: `TorchError` where the geometry is not above zero or does not divide the channels.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, geometry: ConvolutionGeometry = .init(),
    hasBias: Bool = false
  ) throws(TorchError) {
    try geometry.check(inputs: inputs, outputs: outputs)
    weight = try Parameter([outputs, inputs / geometry.groups, kernel, kernel])
    try weight.tensor.replaceStorage(weight.tensor.detached().channelsLast())
    bias = hasBias ? try Parameter([outputs]) : nil
    self.geometry = geometry
  }

  /// The convolution alone, of N×inputs×H×W maps.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try geometry.convolve(
      x, Kernels(weight: weight.tensor, bias: bias?.tensor), activation: .identity)
  }

  /// The convolution, the batch norm and the activation after it as one convolution.
  ///
  /// With constant statistics the norm is γ·(y − μ)/√(σ² + ε) + β for each channel, so scaling the kernel by
  /// γ/√(σ² + ε) gives the same output; the gradients of kernel, γ and β pass through the fold, and
  /// no activation is kept for the norm.
  public func callAsFunction(
    _ x: Tensor, normalizedBy norm: BatchNorm2d, activation: Activation = .identity
  ) throws(TorchError) -> Tensor {
    try geometry.convolve(x, foldedKernels(norm), activation: activation)
  }

  /// Before a norm as in PyTorch's ResNet: normal with variance 2 / fan-out (He et al. 2015). With a bias, which no norm
  /// follows, as PyTorch's layer: uniform within 1/√fan-in, bias too.
  public func initialize(using generator: Generator) throws(TorchError) {
    let shape = weight.tensor.shape
    if let bias {
      let bound = 1 / Double(max(shape[1] * shape[2] * shape[3], 1)).squareRoot()
      try weight.initializeUniform(bound: bound, using: generator)
      try bias.initializeUniform(bound: bound, using: generator)
      return
    }
    let fanOut = shape[0] / geometry.groups * shape[2] * shape[3]
    try weight.initializeNormal(
      standardDeviation: (2 / Double(max(fanOut, 1))).squareRoot(), using: generator)
  }

  /// Keeps what the next call finds out of the norm.
  public func parametersDidFreeze() {
    isFrozen = true
    frozen = [:]
  }

  /// Looks at the norm anew at the next call.
  public func parametersDidChange() {
    frozen = [:]
  }

  private func foldedKernels(_ norm: BatchNorm2d) throws(TorchError) -> Kernels {
    let dtype = autocastType(on: weight.tensor.device) ?? weight.tensor.dtype
    if let frozen = frozen[dtype] { return frozen }
    let scale = try norm.scale()
    let shift = try bias.map { own throws(TorchError) in
      try norm.runningMean.tensor - own.tensor
    }
    let bias = try norm.bias.tensor - (shift ?? norm.runningMean.tensor) * scale
    let stored = Kernels(weight: weight.tensor, scale: scale, bias: bias)
    guard isFrozen, norm.isFrozen else { return stored }
    let kept = dtype == weight.tensor.dtype ? stored : try stored.folded(as: dtype)
    frozen[dtype] = kept
    return kept
  }
}
