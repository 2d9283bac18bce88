import Torch
import TorchNN

/// A mobile inverted bottleneck: widen by 1×1, filter each channel, narrow by 1×1 (Sandler et al. 2018).
final class MBConvBlock: Module {
  /// The numbers of one block.
  struct Shape {
    let inputs: Int
    let outputs: Int
    let expansion: Int
    let kernel: Int
    var stride: Int
    /// The step between two taps of the depthwise kernel.
    var dilation = 1

    /// The channels that are filtered.
    var hidden: Int { inputs * expansion }
  }

  /// A row of the architecture's table: blocks that differ only in the stride of the first one.
  struct Group {
    let repeats: Int
    let kernel: Int
    let stride: Int
    let expansion: Int
    let outputs: Int

    /// EfficientNet-B0 (Tan & Le 2019, table 1).
    static let efficientNet = [
      Group(repeats: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
      Group(repeats: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
      Group(repeats: 2, kernel: 5, stride: 2, expansion: 6, outputs: 40),
      Group(repeats: 3, kernel: 3, stride: 2, expansion: 6, outputs: 80),
      Group(repeats: 3, kernel: 5, stride: 1, expansion: 6, outputs: 112),
      Group(repeats: 4, kernel: 5, stride: 2, expansion: 6, outputs: 192),
      Group(repeats: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
    ]
  }

  /// The ε of the published norms.
  static let epsilon = 1e-3

  static let stateKeys = [
    "expansion": "_expand_conv",
    "expansionNorm": "_bn0",
    "depthwise": "_depthwise_conv",
    "depthwiseNorm": "_bn1",
    "projection": "_project_conv",
    "projectionNorm": "_bn2",
  ]

  let expansion: Convolution2d?
  let expansionNorm: BatchNorm2d?
  let depthwise: Convolution2d
  let depthwiseNorm: BatchNorm2d
  let projection: Convolution2d
  let projectionNorm: BatchNorm2d

  let shape: Shape
  private let hasShortcut: Bool

  init(_ shape: Shape) throws(TorchError) {
    let hidden = shape.hidden
    let expands = shape.expansion != 1
    expansion = expands ? try Convolution2d(shape.inputs, hidden, kernel: 1) : nil
    expansionNorm = expands ? try BatchNorm2d(hidden, epsilon: Self.epsilon) : nil
    depthwise = try Convolution2d(
      hidden, hidden, kernel: shape.kernel,
      geometry: .init(
        stride: shape.stride, padding: .same, dilation: shape.dilation, groups: hidden))
    depthwiseNorm = try BatchNorm2d(hidden, epsilon: Self.epsilon)
    projection = try Convolution2d(hidden, shape.outputs, kernel: 1)
    projectionNorm = try BatchNorm2d(shape.outputs, epsilon: Self.epsilon)
    self.shape = shape
    hasShortcut = shape.stride == 1 && shape.inputs == shape.outputs
  }

  /// The widened map after its ReLU6, N×hidden×H×W; in a block with a stride, it is the last map of this resolution.
  func expanded(_ x: Tensor) throws(TorchError) -> Tensor {
    guard let expansion, let expansionNorm else { return x }
    return try expansion(x, normalizedBy: expansionNorm, activation: .relu6)
  }

  /// The block's output from its input and the widened map; linear, so it may be negative.
  func callAsFunction(_ x: Tensor, expanded: Tensor) throws(TorchError) -> Tensor {
    let filtered = try depthwise(expanded, normalizedBy: depthwiseNorm, activation: .relu6)
    let narrow = try projection(filtered, normalizedBy: projectionNorm)
    if hasShortcut { try narrow.addInPlace(x) }
    return narrow
  }
}
