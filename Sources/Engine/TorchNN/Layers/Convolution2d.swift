import Torch

/// A two-dimensional convolution; without bias where a batch norm follows.
public final class Convolution2d: Initializable {
  /// Outputs×(inputs/groups)×kernel×kernel, laid out channels-last.
  public let weight: Parameter
  /// Outputs; nil if a norm follows, which has its own bias.
  public let bias: Parameter?
  private let geometry: ConvolutionGeometry
  /// The kernels with norms folded in, kept where neither the norms nor the kernels are trained.
  private let folds = Guarded<[FoldedKernels]>([])

  /// A layer of zeros; initialise it or load weights.
  /// - Throws: `TorchError` if a number of the geometry is not above zero or the groups do not divide the channels.
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

  /// max(norm(convolution) + shortcut, 0), the end of a residual block.
  public func callAsFunction(
    _ x: Tensor, normalizedBy norm: BatchNorm2d, rectifiedWith shortcut: Tensor
  ) throws(TorchError) -> Tensor {
    try geometry.rectifiedSum(x, foldedKernels(norm), shortcut)
  }

  /// The convolution with `kernels` in the place of its own.
  func callAsFunction(_ x: Tensor, applying kernels: Kernels) throws(TorchError) -> Tensor {
    try geometry.convolve(x, kernels, activation: .identity)
  }

  /// Without a bias, before a norm, as in PyTorch's ResNet: normal with variance 2 / fan-out (He et al. 2015). With a bias,
  /// as in PyTorch's layer: kernels and bias are uniform within 1/√fan-in.
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

  /// The kernels with the norm folded in; if neither is trained, they are kept until a tensor of either changes.
  private func foldedKernels(_ norm: BatchNorm2d) throws(TorchError) -> Kernels {
    let dtype = autocastType(on: weight.tensor.device) ?? weight.tensor.dtype
    guard !parameters.contains(where: \.requiresGradient), norm.isFrozen else {
      return try folded(norm)
    }
    let sources = (parameters + norm.tensors).map(TensorVersion.init)
    return try folds.withLock { folds throws(TorchError) in
      if let fold = folds.first(where: { $0.dtype == dtype && $0.sources == sources }) {
        return fold.kernels
      }
      let stored = try folded(norm)
      // Kernels of the weight's own type share its memory.
      let kernels = dtype == weight.tensor.dtype ? stored : try stored.folded(as: dtype)
      folds.removeAll { !$0.isCurrent }
      folds.append(FoldedKernels(sources: sources, dtype: dtype, kernels: kernels))
      return kernels
    }
  }

  private func folded(_ norm: BatchNorm2d) throws(TorchError) -> Kernels {
    let scale = try norm.scale()
    let shift = try bias.map { own throws(TorchError) in
      try norm.runningMean.tensor - own.tensor
    }
    let bias = try norm.bias.tensor - (shift ?? norm.runningMean.tensor) * scale
    return Kernels(weight: weight.tensor, scale: scale, bias: bias)
  }

  private var parameters: [Tensor] { [weight.tensor] + (bias.map { [$0.tensor] } ?? []) }
}
