import Foundation
import Generalization
import ReferenceSupport
import Testing
import Torch

/// The figures of feature sets, against loops in float64.
@Suite struct FeatureDiversityTests {
  private let fixture: Fixture
  private let first: Tensor
  private let second: Tensor

  init() throws {
    fixture = try Fixture("diversity")
    first = try fixture["first"]
    second = try fixture["second"]
  }

  @Test(arguments: Figure.allCases, [1, 5, 22, 1024])
  func agreesWithALoop(figure: Figure, blockSize: Int) throws {
    let value = try self.value(figure, sets(), blockSize: blockSize)
    let expected = try fixture[figure.rawValue].item()
    // The reference's eigenvalues of a product that is not symmetric are less exact.
    let tolerance = figure == .frechet ? 1e-6 : 1e-9
    #expect(abs(value - expected) <= tolerance * abs(expected), "\(value), not \(expected)")
  }

  @Test(arguments: Figure.allCases)
  func rotationChangesNothing(figure: Figure) throws {
    // A Householder reflection is orthogonal.
    let axis = try Tensor.normal([7, 1], dtype: .float64, generator: Generator(seed: 4))
      .normalized(0)
    func rotated(_ features: Tensor) throws -> Tensor {
      try features - features.matmul(axis).matmul(axis.transposed()) * 2
    }
    let before = try value(figure, sets())
    let after = try value(figure, sets().mapped(rotated))
    #expect(abs(before - after) <= 1e-7 * abs(before))
  }

  @Test(arguments: Figure.allCases)
  func float32FeaturesGiveNearlyTheSame(figure: Figure) throws {
    let value = try self.value(figure, sets().mapped { try $0.converted(to: .float32) })
    let expected = try fixture[figure.rawValue].item()
    #expect(abs(value - expected) <= 1e-4 * abs(expected))
  }

  @Test func equalSetsLieNowhereApart() throws {
    #expect(abs(try DomainGap.frechetDistance(first, first)) < 1e-6)
    #expect(try DomainGap.squaredMeanDiscrepancy(first, first) < 0)
    #expect(try DomainGap.squaredMeanDiscrepancy(first, second) > 0.02)
  }

  @Test func gapsOfUnitFeaturesDoNotDependOnLengths() throws {
    let lengths = try Tensor((0..<first.shape[0]).map { 1 + Double($0) }).unsqueezed(1)
    let unit = (try first.normalized(1), try second.normalized(1))
    for distance in [
      { try DomainGap.frechetDistance($0, $1, isUnit: $2) },
      { try DomainGap.squaredMeanDiscrepancy($0, $1, isUnit: $2) },
    ] as [(Tensor, Tensor, Bool) throws -> Double] {
      let expected = try distance(unit.0, unit.1, false)
      #expect(abs(try distance(first * lengths, second, true) - expected) < 1e-9)
      #expect(abs(try distance(first * lengths, second, false) - expected) > 1e-3)
    }
  }

  @Test func evenlySpacedRowsBeginWithTheFirst() throws {
    #expect(evenlySpacedPlaces(3, of: 8) == [0, 2, 5])
    #expect(evenlySpacedPlaces(9, of: 3) == [0, 1, 2])
    #expect(evenlySpacedPlaces(0, of: 3).isEmpty && evenlySpacedPlaces(3, of: 0).isEmpty)
    let rows: [Double] = try Tensor([0.0, 1, 2, 3, 4, 5], shape: [3, 2]).evenlySpaced(2).scalars()
    #expect(rows == [0, 1, 2, 3])
  }

  /// Normal distributions along one axis: (μ − μ')² + (σ − σ')².
  @Test func frechetDistanceOfMovedAndScaledFeatures() throws {
    let a = try Tensor([-1.0, 1], shape: [2, 1])
    let b = try Tensor([2.0, 8], shape: [2, 1])
    let distance = try DomainGap.frechetDistance(a, b)
    #expect(abs(distance - (25 + 2 * 4)) < 1e-9)
  }

  @Test func effectiveRankCountsEqualDirections() throws {
    // ± along three of four axes, equally far.
    let features = try Tensor(
      [1.0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0, -1, 0],
      shape: [6, 4])
    #expect(abs(try FeatureDiversity.effectiveRank(of: features) - 3) < 1e-9)
    #expect(try FeatureDiversity.effectiveRank(of: Tensor.ones([5, 4])) == 0)
  }

  @Test func oppositeAndCoincidentFeatures() throws {
    let opposite = try Tensor([1.0, 0, -5, 0], shape: [2, 2])
    #expect(abs(try FeatureDiversity.uniformity(of: opposite) + 8) < 1e-12)
    #expect(abs(try FeatureDiversity.meanCosine(of: opposite) + 1) < 1e-12)
    let same = try Tensor([1.0, 0, 5, 0], shape: [2, 2])
    #expect(abs(try FeatureDiversity.uniformity(of: same)) < 1e-12)
    #expect(abs(try FeatureDiversity.alignment(of: opposite, with: same) - 2) < 1e-12)
    #expect(try FeatureDiversity.alignment(of: same, labels: [0, 1]) == nil)
  }

  @Test func setsThatDoNotFitAreErrors() throws {
    let one = try Tensor.ones([1, 7])
    #expect(throws: TorchError.self) { try FeatureDiversity.uniformity(of: one) }
    #expect(throws: TorchError.self) { try FeatureDiversity.effectiveRank(of: one) }
    #expect(throws: TorchError.self) { try DomainGap.frechetDistance(first, one) }
    #expect(throws: TorchError.self) {
      try DomainGap.squaredMeanDiscrepancy(first, Tensor.ones([3, 5]))
    }
    #expect(throws: TorchError.self) { try FeatureDiversity.alignment(of: first, with: second) }
    #expect(throws: TorchError.self) { try FeatureDiversity.alignment(of: first, labels: [1]) }
  }

  enum Figure: String, CaseIterable, Sendable {
    case uniformity
    case alignment
    case classAlignment = "class_alignment"
    case meanCosine = "mean_cosine"
    case effectiveRank = "effective_rank"
    case frechet
    case mmd
  }

  private struct Sets {
    var first: Tensor
    var second: Tensor
    var views: Tensor
    let labels: [Int]

    func mapped(_ change: (Tensor) throws -> Tensor) throws -> Sets {
      Sets(
        first: try change(first), second: try change(second), views: try change(views),
        labels: labels)
    }
  }

  private func sets() throws -> Sets {
    Sets(
      first: first, second: second, views: try fixture["views"],
      labels: try fixture["labels"].scalars(Int64.self).map(Int.init))
  }

  private func value(_ figure: Figure, _ sets: Sets, blockSize: Int = 1024) throws -> Double {
    switch figure {
    case .uniformity:
      try FeatureDiversity.uniformity(of: sets.first, blockSize: blockSize)
    case .alignment:
      try FeatureDiversity.alignment(of: sets.first, with: sets.views, blockSize: blockSize)
    case .classAlignment:
      try #require(
        try FeatureDiversity.alignment(
          of: sets.first, labels: sets.labels, blockSize: blockSize))
    case .meanCosine:
      try FeatureDiversity.meanCosine(of: sets.first, blockSize: blockSize)
    case .effectiveRank:
      try FeatureDiversity.effectiveRank(of: sets.first, blockSize: blockSize)
    case .frechet:
      try DomainGap.frechetDistance(sets.first, sets.second, blockSize: blockSize)
    case .mmd:
      try DomainGap.squaredMeanDiscrepancy(sets.first, sets.second, blockSize: blockSize)
    }
  }
}
