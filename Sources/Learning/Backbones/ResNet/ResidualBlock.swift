import Torch
import TorchNN

/// A block whose input is added to its output.
protocol ResidualBlock: Initializable {
  /// The norm before the addition.
  var lastNorm: BatchNorm2d { get }
  /// The norm after the addition, which IBN-b has.
  var sumNorm: InstanceNorm2d? { get }

  /// Maps N×C×H×W to N×C'×H'×W'.
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor
}

extension ResidualBlock {
  /// Makes the block start as its shortcut alone: γ = 0 in the last norm (Goyal et al. 2017). Constant statistics
  /// normalise nothing, so otherwise the variance of a random network's activations would double with every block.
  func initialize(using generator: Generator) throws(TorchError) {
    try lastNorm.weight.initialize(to: 0)
  }

  /// The output: `x` after the last convolution and its norm, added to the shortcut.
  func rectifiedSum(
    _ last: Convolution2d, of x: Tensor, _ shortcut: Tensor
  ) throws(TorchError) -> Tensor {
    guard let sumNorm else {
      return try last(x, normalizedBy: lastNorm, rectifiedWith: shortcut)
    }
    let sum = try last(x, normalizedBy: lastNorm)
    try sum.addInPlace(shortcut)
    return try sumNorm(sum).reluInPlace()
  }
}

/// What distinguishes the residual blocks of a network.
struct ResidualShape {
  let inputs: Int
  /// The channels of the 3×3 convolutions.
  let width: Int
  /// The stride of the block.
  let stride: Int
  /// The step between two taps of the first 3×3 convolution and of those after it.
  let dilations: (first: Int, rest: Int)
  /// Whether the first norm is half an instance norm (IBN-a).
  var mixesNorms = false
  /// Whether an instance norm follows the addition (IBN-b).
  var normalizesSum = false
  /// Whether maps shrink by means of squares before a convolution, not by its stride (CLIP's ResNets).
  var pools = false

  /// The shape of the block with number `block` of a stage; with an output stride of 8 the last two stages are dilated instead of
  /// halving their maps, the first block by half.
  /// - Parameter width: the channels of the 3×3 convolutions of the first stage, doubled in each later one.
  init(_ stage: Stage, block: Int, inputs: Int, width: Int, outputStride: Int) {
    let isDilated = outputStride == 8 && stage >= .layer3
    let dilation = isDilated ? stage.stride / Stage.layer2.stride : 1
    self.inputs = inputs
    self.width = width << (stage.rawValue - 1)
    stride = block == 0 && stage != .layer1 && !isDilated ? 2 : 1
    dilations = (block == 0 && isDilated ? dilation / 2 : dilation, dilation)
  }

  func firstNorm() throws(TorchError) -> any ConvolutionNorm {
    mixesNorms ? try InstanceBatchNorm2d(width) : try BatchNorm2d(width)
  }

  /// The 1×1 convolution that fits the input to `outputs` where their shapes differ.
  func shortcut(_ outputs: Int) throws(TorchError) -> NormalizedConvolution? {
    guard stride != 1 || inputs != outputs else { return nil }
    return try NormalizedConvolution(
      inputs, outputs, kernel: 1, geometry: .init(stride: pools ? 1 : stride))
  }

  /// A 3×3 convolution that keeps the size of its input, except for the stride.
  static func filter(
    _ inputs: Int, _ outputs: Int, stride: Int = 1, dilation: Int
  ) throws(TorchError) -> Convolution2d {
    try Convolution2d(
      inputs, outputs, kernel: 3,
      geometry: .init(stride: stride, padding: .symmetric(dilation), dilation: dilation))
  }
}
