import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

@Suite struct ISWTests {
  @Test func theLossAgreesWithPyTorch() throws {
    let fixture = try Fixture("later")
    let map = try fixture["isw.x"].clone()
    try map.requireGradient()
    let loss = try InstanceCovariance.loss(of: map, mask: fixture["isw.mask"])
    try fixture.expect("isw.result", loss, within: 1e-10)
    try loss.backward()
    try fixture.expect("isw.gradient.x", #require(try map.gradient()), within: 1e-9)
  }

  @Test func variancesAgreeWithPyTorch() throws {
    let fixture = try Fixture("later")
    let variances = try InstanceCovariance.variances(fixture["isw.x"], fixture["isw.other"])
    try fixture.expect("isw.variances", variances.mean([0]), within: 1e-10)
  }

  /// A map times the inverse root of its covariance is white: no pair of its channels is correlated.
  @Test func whitenedMapsHaveNoLoss() throws {
    let map = try Fixture("later")["isw.x"].narrowed(0, 0..<1)
    let mask = try Tensor.ones([5, 5], dtype: .float64) - Self.identity(5)
    #expect(try InstanceCovariance.loss(of: map, mask: mask).item() > 0.05)
    let places = try map.reshaped([5, 24])
    let centred = try places - places.mean([1], keeping: true)
    let (values, vectors) = try centred.matmul(centred.transposed()).symmetricEigen()
    let root = try (vectors / values.squareRoot()).matmul(vectors.transposed())
    let white = try root.matmul(centred).reshaped([1, 5, 4, 6])
    #expect(try InstanceCovariance.loss(of: white, mask: mask).item() < 1e-12)
  }

  private static func identity(_ size: Int) throws -> Tensor {
    try Tensor(
      (0..<size * size).map { $0 % (size + 1) == 0 ? 1.0 : 0 }, shape: [size, size])
  }

  @Test func numbersFallIntoClusters() throws {
    let numbers = [5.1, 0.1, 9.9, 0.2, 5.0, 0.3, 10.1, 4.9]
    let clusters = NumberClusters(numbers, count: 3)
    for (centre, expected) in zip(clusters.centres, [0.2, 5, 10]) {
      #expect(abs(centre - expected) < 1e-12)
    }
    #expect(abs(clusters.firstEnd - 2.6) < 1e-12)
    #expect(NumberClusters([3, 3, 3], count: 3).centres == [3, 3, 3])
    #expect(NumberClusters([], count: 3).firstEnd == .infinity)
    #expect(NumberClusters([1, 2], count: 1).firstEnd == .infinity)
  }

  private static func configuration() -> ISWConfiguration {
    var configuration = ISWConfiguration()
    configuration.startEpochs = 0.5
    configuration.trials = 2
    configuration.stages = [.layer1]
    return configuration
  }

  /// Nothing is lost until the pairs are chosen; those chosen have the largest variances.
  @Test func pairsAreChosenAfterTheTrials() throws {
    let student = try ReferenceStudent()
    let method = try ISW(
      Self.configuration(), channels: student.network.backbone.channels, batchesPerEpoch: 4,
      device: .cpu)
    var measured = try Tensor.zeros([4, 4], dtype: .float64)
    for iteration in 0..<4 {
      let terms = try student.terms(of: method, iteration: iteration, usesKeyView: true)
      #expect(terms.losses.map(\.name) == ["whitening_layer1"])
      #expect(try terms.losses[0].value.item() == 0)
      #expect(terms.kept.count == (iteration < 2 ? 0 : 1))
      for kept in terms.kept { measured = try measured + kept.mean([0]) }
      try method.update(student.network, keeping: terms.kept) {}
    }
    let mask: [Float] = try #require(method.stateDict()["isw.layer1.mask"]).scalars()
    let variances: [Double] = try measured.scalars()
    let upper = (0..<16).filter { $0 % 4 > $0 / 4 }
    let chosen = upper.filter { mask[$0] == 1 }
    let others = upper.filter { mask[$0] == 0 }
    #expect(!chosen.isEmpty && !others.isEmpty)
    #expect(mask.count { $0 == 1 } == chosen.count)
    #expect(
      try #require(chosen.map { variances[$0] }.min())
        > #require(others.map { variances[$0] }.max()))
    let terms = try student.terms(of: method, iteration: 4, usesKeyView: true)
    #expect(try terms.losses[0].value.item() > 0)
    #expect(terms.losses[0].weight == 0.6)

    let other = try ISW(
      Self.configuration(), channels: student.network.backbone.channels, batchesPerEpoch: 4,
      device: .cpu)
    try other.load(method.stateDict())
    let again = try student.terms(of: other, iteration: 4, usesKeyView: true)
    #expect(try again.losses[0].value.item() == terms.losses[0].value.item())
  }

  @Test func aRunThatEndsBeforePairsAreChosenIsRefused() throws {
    func method(iterations: Int) throws -> ISW {
      try ISW(
        Self.configuration(), channels: [.layer1: 4], batchesPerEpoch: 4, iterations: iterations,
        device: .cpu)
    }
    #expect(throws: MethodError.tooShort(method: "isw", begins: 4, iterations: 4)) {
      try method(iterations: 4)
    }
    #expect(try method(iterations: 5).stages == [.layer1])
    #expect(throws: MethodError.noStage(.layer1, known: [.layer2])) {
      try ISW(Self.configuration(), channels: [.layer2: 4], batchesPerEpoch: 4, device: .cpu)
    }
  }

  @Test func oneViewAloneIsRefused() throws {
    let student = try ReferenceStudent()
    let method = try ISW(
      Self.configuration(), channels: student.network.backbone.channels, batchesPerEpoch: 0,
      device: .cpu)
    #expect(throws: MethodError.oneView) { try student.terms(of: method) }
  }
}
