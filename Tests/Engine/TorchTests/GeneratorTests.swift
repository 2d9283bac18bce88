import Testing
import Torch

@Suite("Generators")
struct GeneratorTests {
  @Test("The same seed draws the same, another seed something else")
  func seeds() throws {
    let first = try Tensor.normal([40], generator: Generator(seed: 7)).scalars(Float.self)
    #expect(try Tensor.normal([40], generator: Generator(seed: 7)).scalars(Float.self) == first)
    #expect(try Tensor.normal([40], generator: Generator(seed: 8)).scalars(Float.self) != first)
  }

  @Test("A restored state draws on from where it was taken")
  func restoring() throws {
    let generator = try Generator(seed: 3)
    _ = try Tensor.uniform([5], generator: generator)
    let state = try generator.state()
    let expected = try Tensor.normal([9], generator: generator).scalars(Float.self)
    let other = try Generator(seed: 99)
    try other.restore(state)
    #expect(try Tensor.normal([9], generator: other).scalars(Float.self) == expected)
    #expect(throws: TorchError.self) { try other.restore(Tensor([1.0, 2])) }
  }

  @Test("Rows of Dirichlet draws have sum 1 and the means of their concentrations")
  func dirichlet() throws {
    let concentrations = try Tensor([0.5, 1, 2.5]).expanded([20_000, 3]).contiguous()
    let rows = try Generator(seed: 2).dirichlet(concentrations)
    #expect(try (rows.sum([1]) - 1).absolute().max().item() < 1e-12)
    let means: [Double] = try rows.mean([0]).scalars()
    for (mean, expected) in zip(means, [0.125, 0.25, 0.625]) {
      #expect(abs(mean - expected) < 0.01)
    }
    let again = try Generator(seed: 2).dirichlet(concentrations)
    #expect(try again.scalars(Double.self) == rows.scalars())
    // Concentrations near 0 choose one of the places.
    let sharp = try Generator(seed: 3).dirichlet(
      Tensor.full([100, 64], 1 / 64, dtype: .float64))
    #expect(try (sharp.sum([1]) - 1).absolute().max().item() < 1e-12)
  }

  @Test("Draws from one generator do not move another")
  func independence() throws {
    let alone = try Tensor.uniform([6], generator: Generator(seed: 1)).scalars(Float.self)
    let first = try Generator(seed: 1)
    let second = try Generator(seed: 1)
    let start = try Tensor.uniform([3], generator: first).scalars(Float.self)
    _ = try Tensor.uniform([100], generator: second)
    let end = try Tensor.uniform([3], generator: first).scalars(Float.self)
    #expect(start + end == alone)
  }

  @Test("Uniform draws fill [0, 1), normal ones have mean 0 and variance 1")
  func distributions() throws {
    let generator = try Generator(seed: 5)
    let uniform = try Tensor.uniform([100_000], dtype: .float64, generator: generator).doubles()
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    #expect(abs(uniform.reduce(0, +) / 100_000 - 0.5) < 0.005)
    let normal = try Tensor.normal([100_000], dtype: .float64, generator: generator)
    #expect(abs(try normal.mean().item()) < 0.02)
    #expect(abs(try (normal * normal).mean().item() - 1) < 0.03)
  }
}
