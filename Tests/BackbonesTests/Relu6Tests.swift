import ReferenceSupport
import Testing
import Torch

/// ReLU6 over its own input, against the form that makes a new tensor.
@Suite struct Relu6Tests {
  private static let values: [Float] = [-7, -1e-6, 0, 1e-6, 3, 5.999, 6, 6.001, 9]

  @Test func inPlaceHasTheSameValuesAndGradient() throws {
    let plain = try gradient { x throws(TorchError) in try x.relu6() }
    let inPlace = try gradient { x throws(TorchError) in try x.relu6InPlace() }
    #expect(inPlace.output == plain.output)
    #expect(inPlace.gradient == plain.gradient)
    #expect(Set(plain.gradient.prefix(3)) == [0])
  }

  @Test func inPlaceChangesTheTensorItself() throws {
    let x = try Tensor(Self.values)
    _ = try x.relu6InPlace()
    #expect(try x.scalars(Float.self) == [0, 0, 0, 1e-6, 3, 5.999, 6, 6, 6])
  }

  private func gradient(
    _ activation: (Tensor) throws(TorchError) -> Tensor
  ) throws -> (output: [Float], gradient: [Float]) {
    let leaf = try Tensor(Self.values)
    try leaf.requireGradient()
    // A leaf may not be changed; what a convolution gives is none.
    let output = try activation(leaf * 1)
    try (output * output * output + output).sum().backward()
    let gradient = try #require(try leaf.gradient())
    return (try output.detached().scalars(), try gradient.scalars())
  }
}
