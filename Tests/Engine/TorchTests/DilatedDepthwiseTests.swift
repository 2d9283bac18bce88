import Testing
import Torch

/// Dilated convolutions of one channel each, which are split into dense ones where oneDNN is slow, as float64 has them.
@Suite struct DilatedDepthwiseTests {
  /// Maps that the dilation divides, some that it does not, and kernels that reach over the whole map.
  @Test(
    arguments: [(kernel: 3, dilation: 2), (kernel: 5, dilation: 4), (kernel: 5, dilation: 3)],
    [[16, 16], [15, 13], [4, 9]])
  func sameAsInFloat64(shape: (kernel: Int, dilation: Int), size: [Int]) throws {
    let generator = try Generator(seed: 4)
    let operands = [
      try Tensor.normal([2, 24] + size, generator: generator).channelsLast(),
      try Tensor.normal([24, 1, shape.kernel, shape.kernel], generator: generator),
      try Tensor.normal([24], generator: generator),
      try Tensor.normal([24], generator: generator),
    ]
    let expected = try outcome(shape, operands.map { try $0.converted(to: .float64) })
    // Without AVX-512 on any processor.
    VectorInstructions.limit(to: .avx2)
    defer { VectorInstructions.limit(to: .avx512) }
    let unrecorded = try withoutGradients { try output(shape, operands).doubles() }
    for found in [try outcome(shape, operands), [unrecorded]] {
      for (found, expected) in zip(found, expected) {
        let size = expected.map(abs).max() ?? 0
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-5 * size })
      }
    }
  }

  /// The output, and the gradients of the input, the kernels, their scale and the bias.
  private func outcome(
    _ shape: (kernel: Int, dilation: Int), _ operands: [Tensor]
  ) throws -> [[Double]] {
    let leaves = try operands.map { try $0.detached().clone() }
    for leaf in leaves { try leaf.requireGradient() }
    let y = try output(shape, leaves)
    try (y * y).sum().backward()
    return try [y.detached().doubles()] + leaves.map { try #require(try $0.gradient()).doubles() }
  }

  private func output(
    _ shape: (kernel: Int, dilation: Int), _ operands: [Tensor]
  ) throws -> Tensor {
    try operands[0].convolved(
      weight: operands[1], scale: operands[2], bias: operands[3],
      padding: shape.kernel / 2 * shape.dilation, dilation: shape.dilation, groups: 24,
      activation: .relu6)
  }
}
