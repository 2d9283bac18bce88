import Testing
import Torch

/// t-SNE's sums beside the plain ones.
@Suite struct NeighborForcesTests {
  /// Fewer places than a vector holds, as many, and some left over, with every kind of instructions.
  @Test(arguments: [1, 2, 8, 13, 67])
  func sumsAreThoseOfEachPair(count: Int) throws {
    let generator = try Generator(seed: 5)
    let places = try Tensor.normal([2, count], dtype: .float64, generator: generator)
    let probabilities = try Tensor.normal([count, count], dtype: .float64, generator: generator)
    let expected = try plainForces(places, probabilities)
    let widest = VectorInstructions.chosen
    defer { VectorInstructions.limit(to: .avx512) }
    for instructions in [VectorInstructions.plain, .avx2, .avx512].filter({ $0 <= widest }) {
      VectorInstructions.limit(to: instructions)
      let found: [Double] = try places.neighborForces(probabilities).reshaped([-1]).scalars()
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-12 * max(abs($1), 1) })
    }
  }

  @Test func whatDoesNotFitIsAnError() throws {
    let places = try Tensor.zeros([2, 3], dtype: .float64)
    #expect(throws: TorchError.self) {
      try places.neighborForces(Tensor.zeros([3, 2], dtype: .float64))
    }
    #expect(throws: TorchError.self) { try places.neighborForces(Tensor.zeros([3, 3])) }
  }

  private func plainForces(_ places: Tensor, _ probabilities: Tensor) throws -> [Double] {
    let count = places.shape[1]
    let y: [Double] = try places.reshaped([-1]).scalars()
    let p: [Double] = try probabilities.reshaped([-1]).scalars()
    var sums = [Double](repeating: 0, count: 5 * count)
    for i in 0..<count {
      for j in 0..<count where j != i {
        let (dx, dy) = (y[i] - y[j], y[count + i] - y[count + j])
        let kernel = 1 / (1 + dx * dx + dy * dy)
        let terms = [
          p[i * count + j] * kernel * dx, p[i * count + j] * kernel * dy, kernel * kernel * dx,
          kernel * kernel * dy, kernel,
        ]
        for (row, term) in terms.enumerated() { sums[row * count + i] += term }
      }
    }
    return sums
  }
}
