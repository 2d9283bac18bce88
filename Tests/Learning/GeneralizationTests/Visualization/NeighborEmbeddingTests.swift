import Generalization
import ReferenceSupport
import Testing
import Torch

/// t-SNE: its probabilities against scikit-learn's, its gradient against finite differences, its purpose on clusters.
@Suite struct NeighborEmbeddingTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture("projection")
  }

  @Test func probabilitiesAgreeWithAnotherImplementation() throws {
    let perplexity = try fixture["perplexity"].item()
    let found = try NeighborProbabilities(of: fixture["features"], perplexity: perplexity)
    let joint: [Double] = try found.joint.reshaped([-1]).scalars()
    // The other one computes distances in float32, and stops 1e-5 from the perplexity.
    try fixture.expect("joint", found.joint, within: 1e-4)
    #expect(abs(joint.reduce(0, +) - 1) < 1e-12)
    for row in 0..<40 {
      #expect(joint[41 * row] == 0)
      for column in 0..<row {
        #expect(joint[40 * row + column] == joint[40 * column + row])
      }
    }
  }

  @Test func gradientAgreesWithDifferences() throws {
    let probabilities = try NeighborProbabilities(of: fixture["features"], perplexity: 5)
    var stream = NamedStream("tsne.places")
    let places = (0..<80).map { _ in 4 * stream.next() - 2 }
    let (_, gradient) = try NeighborEmbedding.divergence(at: places, probabilities)
    let largest = gradient.map(abs).max() ?? 0
    for index in places.indices {
      func value(_ shift: Double) throws -> Double {
        var moved = places
        moved[index] += shift
        return try NeighborEmbedding.divergence(at: moved, probabilities).value
      }
      let difference = try (value(1e-5) - value(-1e-5)) / 2e-5
      #expect(abs(difference - gradient[index]) < 1e-7 * max(largest, 1e-3))
    }
  }

  /// Where q is p, nothing pulls: three places at equal distances.
  @Test func divergenceIsZeroWhereThePlaneHoldsTheFeatures() throws {
    let corners = try Tensor([1.0, 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3])
    let probabilities = try NeighborProbabilities(of: corners, perplexity: 2)
    let found = try NeighborEmbedding.divergence(
      at: [0, 0, 1, 0, 0.5, 3.0.squareRoot() / 2], probabilities)
    #expect(abs(found.value) < 1e-12)
    #expect(found.gradient.allSatisfy { abs($0) < 1e-12 })
  }

  @Test func clustersStayApartAndEveryCallGivesTheSame() throws {
    let generator = try Generator(seed: 3)
    let noise = try Tensor.normal([90, 6], dtype: .float64, generator: generator) * 0.05
    let centres = try Tensor(
      (0..<540).map { place -> Double in place % 6 == place / 6 % 3 ? 1 : 0 }, shape: [90, 6])
    let features = try noise + centres
    let points = try NeighborEmbedding(of: features).points
    #expect(points.count == 90)
    func squared(_ a: PlanePoint, _ b: PlanePoint) -> Double {
      (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
    }
    // Every point is nearer to all of its cluster than to any of another.
    for i in 0..<90 {
      let own = (0..<90).filter { $0 % 3 == i % 3 }.map { squared(points[i], points[$0]) }
      let others = (0..<90).filter { $0 % 3 != i % 3 }.map { squared(points[i], points[$0]) }
      #expect((own.max() ?? .infinity) < (others.min() ?? 0))
    }
    #expect(try NeighborEmbedding(of: features).points == points)
  }

  @Test func coincidentAndFewFeaturesHavePlaces() throws {
    let same = try NeighborEmbedding(of: Tensor.ones([5, 3])).points
    #expect(same.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    let two = try NeighborEmbedding(of: Tensor([1.0, 0, 0, 1], shape: [2, 2])).points
    #expect(two.count == 2 && two.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    #expect(throws: TorchError.self) { try NeighborEmbedding(of: Tensor.ones([1, 3])) }
    #expect(NeighborEmbedding.perplexity(among: 1000) == 30)
    #expect(NeighborEmbedding.perplexity(among: 10) == 3)
    #expect(NeighborEmbedding.perplexity(among: 2) == 1)
  }
}
