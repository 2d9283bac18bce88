import ReferenceSupport
import Testing
import Torch

/// ReLU6 over the output of a convolution, against the form that makes a new tensor.
@Suite struct Relu6Tests {
  private static let values: [Float] = [-7, -1e-6, 0, 1e-6, 3, 5.999, 6, 6.001, 9]

  @Test func inAConvolutionHasTheSameValuesAndGradient() throws {
    let plain = try gradient { x throws(TorchError) in try x.relu6() }
    let fused = try gradient { x throws(TorchError) in
      let identity = try Tensor.ones([1, 1, 1, 1])
      return try x.reshaped([1, 1, 3, 3]).convolved(weight: identity, activation: .relu6)
        .reshaped([9])
    }
    #expect(fused.output == plain.output)
    #expect(fused.output == [0, 0, 0, 1e-6, 3, 5.999, 6, 6, 6])
    #expect(fused.gradient == plain.gradient)
    #expect(Set(plain.gradient.prefix(3)) == [0])
  }

  private func gradient(
    _ activation: (Tensor) throws(TorchError) -> Tensor
  ) throws -> (output: [Float], gradient: [Float]) {
    let leaf = try Tensor(Self.values)
    try leaf.requireGradient()
    let output = try activation(leaf)
    try (output * output * output + output).sum().backward()
    let gradient = try #require(try leaf.gradient())
    return (try output.detached().scalars(), try gradient.scalars())
  }
}
