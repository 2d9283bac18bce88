import Testing
import Torch

/// Convolutions with more zeros to the right and at the bottom than on the other sides, as float64 has them of maps that are padded
/// before.
@Suite struct UnevenPaddingTests {
  struct Case: Sendable {
    var channels = 32
    var kernel = 3
    var stride = 2
    var padding = 0
    var trailing = 1
    var dilation = 1
    var isDepthwise = true
    var size = [12, 10]

    static let all = [
      // By kernels with zeros before them.
      Case(), Case(kernel: 5, padding: 1), Case(kernel: 5, padding: 1, size: [2, 4]),
      Case(kernel: 3, padding: 1, size: [7, 9]), Case(stride: 1, padding: 1),
      // By maps with zeros around them: odd channels, other kernels, dilation, more zeros, all channels together.
      Case(channels: 24), Case(kernel: 2), Case(kernel: 4, padding: 1),
      Case(padding: 1, dilation: 2),
      Case(trailing: 2), Case(isDepthwise: false), Case(channels: 3, isDepthwise: false),
    ]
  }

  @Test(arguments: Case.all, [Activation.identity, .relu6])
  func sameAsOfPaddedMaps(setting: Case, activation: Activation) throws {
    let generator = try Generator(seed: 8)
    let channels = setting.channels
    let inputs = setting.isDepthwise ? 1 : channels
    let operands = [
      try Tensor.normal([3, channels] + setting.size, generator: generator).channelsLast(),
      try Tensor.normal([channels, inputs, setting.kernel, setting.kernel], generator: generator),
      try Tensor.normal([channels], generator: generator),
      try Tensor.normal([channels], generator: generator),
    ]
    let expected = try outcome(operands.map { try $0.converted(to: .float64) }) {
      let (first, last) = (setting.padding, setting.padding + setting.trailing)
      return try convolved(
        try $0[0].padded([first, last, first, last]), $0, setting, activation)
    }
    let uneven = { (operands: [Tensor]) in
      try convolved(
        operands[0], operands, setting, activation, padding: setting.padding,
        trailing: setting.trailing)
    }
    let widest = VectorInstructions.chosen
    defer { VectorInstructions.limit(to: .avx512) }
    for instructions in [VectorInstructions.plain, .avx2, .avx512].filter({ $0 <= widest }) {
      VectorInstructions.limit(to: instructions)
      let unrecorded = try withoutGradients { try uneven(operands).doubles() }
      for found in [try outcome(operands, uneven), [unrecorded]] {
        for (found, expected) in zip(found, expected) {
          let size = expected.map(abs).max() ?? 0
          #expect(found.count == expected.count)
          #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-5 * size })
        }
      }
    }
  }

  /// The output, and the gradients of the input, the kernels, their scale and the bias.
  private func outcome(
    _ operands: [Tensor], _ pass: ([Tensor]) throws -> Tensor
  ) throws -> [[Double]] {
    let leaves = try operands.map { try $0.detached().clone() }
    for leaf in leaves { try leaf.requireGradient() }
    let y = try pass(leaves)
    try (y * y).sum().backward()
    return try [y.detached().doubles()] + leaves.map { try #require(try $0.gradient()).doubles() }
  }

  private func convolved(
    _ x: Tensor, _ operands: [Tensor], _ setting: Case, _ activation: Activation, padding: Int = 0,
    trailing: Int = 0
  ) throws -> Tensor {
    try x.convolved(
      weight: operands[1], scale: operands[2], bias: operands[3], stride: setting.stride,
      padding: padding, trailing: trailing, dilation: setting.dilation,
      groups: setting.isDepthwise ? setting.channels : 1, activation: activation)
  }
}
