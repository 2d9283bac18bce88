import Testing
import Torch

/// The loops that are compiled for several processors, all of them on this one.
@Suite("Vector instructions")
struct VectorInstructionsTests {
  @Test(
    "Winograd's filtering gives the same with every kind of instructions",
    arguments: [
      // Panels in pairs and one that is left over, rows that fill no block of them.
      (batch: 3, inputs: 48, outputs: 80, side: 13, dilation: 1),
      // A depth of several steps.
      (batch: 4, inputs: 320, outputs: 96, side: 8, dilation: 1),
      (batch: 2, inputs: 32, outputs: 64, side: 30, dilation: 2),
    ])
  func sameResults(shape: (batch: Int, inputs: Int, outputs: Int, side: Int, dilation: Int)) throws
  {
    let widest = VectorInstructions.chosen
    defer { VectorInstructions.limit(to: .avx512) }
    let outcomes = try [VectorInstructions.plain, .avx2, .avx512].filter { $0 <= widest }.map {
      VectorInstructions.limit(to: $0)
      #expect(VectorInstructions.chosen == $0)
      return try outcome(shape)
    }
    for outcome in outcomes.dropFirst() {
      for (wide, plain) in zip(outcome, outcomes[0]) {
        let size = try #require(plain.map(abs).max())
        // Without fused multiplication and addition each product is rounded too.
        #expect(zip(wide, plain).allSatisfy { abs($0 - $1) <= 1e-5 * size })
      }
    }
    // In both of these it is fused, in the same order.
    if outcomes.count == 3 { #expect(outcomes[1] == outcomes[2]) }
  }

  /// The output, and the gradients of the input and the kernels.
  private func outcome(
    _ shape: (batch: Int, inputs: Int, outputs: Int, side: Int, dilation: Int)
  ) throws -> [[Float]] {
    let generator = try Generator(seed: 3)
    let x = try Tensor.normal(
      [shape.batch, shape.inputs, shape.side, shape.side], generator: generator
    )
    .channelsLast()
    let weight = try Tensor.normal([shape.outputs, shape.inputs, 3, 3], generator: generator)
    try x.requireGradient()
    try weight.requireGradient()
    let y = try x.convolved(
      weight: weight, padding: shape.dilation, dilation: shape.dilation, activation: .relu)
    try (y * y).sum().backward()
    return try [y, x.gradient(), weight.gradient()].map { try #require($0).scalars() }
  }
}
