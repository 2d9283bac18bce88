import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

@Suite struct SHADETests {
  @Test func divergencesAgreeWithPyTorch() throws {
    let fixture = try Fixture("later")
    let (a, b) = try (fixture["jensen_shannon.a"].clone(), fixture["jensen_shannon.b"].clone())
    for logits in [a, b] { try logits.requireGradient() }
    let divergence = try jensenShannonDivergence(a, b)
    try fixture.expect("jensen_shannon.result", divergence, within: 1e-10)
    try divergence.backward()
    try fixture.expect("jensen_shannon.gradient.a", #require(try a.gradient()), within: 1e-9)
    try fixture.expect("jensen_shannon.gradient.b", #require(try b.gradient()), within: 1e-9)
  }

  @Test func theDivergenceIsSymmetricAndBounded() throws {
    let fixture = try Fixture("later")
    let (a, b) = try (fixture["jensen_shannon.a"], fixture["jensen_shannon.b"])
    #expect(
      try abs(jensenShannonDivergence(a, b).item() - jensenShannonDivergence(b, a).item()) < 1e-15)
    #expect(try abs(jensenShannonDivergence(a, a).item()) < 1e-15)
    let opposite = try jensenShannonDivergence(
      Tensor([0.0, 30], shape: [1, 2]), Tensor([30.0, 0], shape: [1, 2])
    ).item()
    #expect(abs(opposite - 0.693147180559945) < 1e-6)
  }

  @Test func pointsAreChosenAsByPyTorch() throws {
    let fixture = try Fixture("later")
    let chosen: [Int64] = try fixture["farthest.chosen"].scalars()
    #expect(try FarthestPoints.places(in: fixture["farthest.points"], count: 7) == chosen)
    #expect(try FarthestPoints.places(in: fixture["farthest.points"], count: 99).count == 20)
    #expect(try Set(FarthestPoints.places(in: fixture["farthest.points"], count: 20)).count == 20)
  }

  @Test func madeUpStylesAgreeWithPyTorch() throws {
    let fixture = try Fixture("later")
    let map = try fixture["hallucinated.x"].clone()
    try map.requireGradient()
    let prototypes = try Tensor.concatenated(
      [fixture["hallucinated.means"], fixture["hallucinated.deviations"]], 1)
    let style = try MapStyle(mixing: prototypes, by: fixture["hallucinated.weights"])
    let result = try style.applied(to: MapStyle(of: map).content(of: map))
    try fixture.expect("hallucinated.result", result, within: 1e-10)
    let weights = try Tensor.range(result.count, dtype: .float64).reshaped(result.shape)
    try (result * weights / Double(result.count)).sum().backward()
    try fixture.expect("hallucinated.gradient.x", #require(try map.gradient()), within: 1e-9)
  }

  private static func method(_ teacher: any Backbone, prototypes: Int = 4) throws -> SHADE {
    var configuration = SHADEConfiguration()
    configuration.prototypes = prototypes
    configuration.pool = 12
    configuration.refreshEpochs = 1
    return try SHADE(
      configuration, teacher: teacher, batchesPerEpoch: 2, generator: Generator(seed: 1),
      device: .cpu)
  }

  /// Styles are made up once there are enough of them to choose from, and pull no answer at the teacher's weights but those of styles.
  @Test func stylesAreMadeUpFromThoseThatWereSeen() throws {
    let student = try ReferenceStudent(filledAs: "encoder_k.")
    let method = try Self.method(ReferenceStudent.teacher())
    for iteration in 0..<3 {
      let terms = try student.terms(of: method, iteration: iteration)
      #expect(terms.losses.map(\.name) == ["task_styled", "consistency", "retrospection"])
      #expect(terms.losses.map(\.weight) == [1, 10, 1])
      let values = try terms.losses.map { try $0.value.item() }
      #expect((values[0] > 0) == (iteration > 0))
      #expect((values[1] > 1e-9) == (iteration > 0))
      #expect(values[2] < 1e-12)
      try method.update(student.network, keeping: terms.kept) {}
    }
    let other = try Self.method(ReferenceStudent.teacher())
    try other.load(method.stateDict())
    func values(_ method: SHADE) throws -> [Double] {
      try student.terms(of: method, iteration: 3).losses.map { try $0.value.item() }
    }
    #expect(try values(other) == values(method))
  }

  /// The teacher is compared with where things fill three quarters of a place.
  @Test func thingsAreComparedAlone() throws {
    let network = try ImageSegmenter(
      backbone: ResNet(.resnet18, outputStride: 8, width: 4, imageNetClasses: 10), classes: 5,
      width: 8, dropout: 0)
    try Filling.fill(network.namedTensors())
    let teacher = try ResNet(.resnet18, outputStride: 8, width: 4, imageNetClasses: 10)
    try Filling.fill(teacher, prefix: "teacher.")
    let query = try Filling.views("batch0", 2, size: 64).query
    let maps = try withoutGradients {
      try (
        network.backbone.features(of: query, stages: []).last,
        teacher.features(of: query, stages: []).last
      )
    }
    let squares = try (maps.0 - maps.1).power(2).mean([1])
    func retrospection(_ labels: Tensor, things: [String]) throws -> Double {
      var configuration = SHADEConfiguration()
      configuration.things = things
      let method = try SHADE(
        configuration, teacher: teacher, classNames: ["road", "sky", "tree", "car", "bus"],
        batchesPerEpoch: 2, generator: Generator(seed: 1), device: .cpu)
      let terms = try method.terms(
        of: TrainingStep(
          student: network, query: query, key: nil, labels: labels,
          output: network(query, stages: method.stages)))
      return try terms.losses[2].value.item()
    }
    let labels = try Tensor.zeros([2, 64, 64], dtype: .int64)
    // Two whole places of a thing, one that it fills to seven eighths, and one to a half.
    try labels.narrowed(0, 1..<2).narrowed(1, 0..<8).narrowed(2, 0..<16).fillInPlace(3)
    try labels.narrowed(0, 1..<2).narrowed(1, 8..<15).narrowed(2, 0..<8).fillInPlace(3)
    try labels.narrowed(0, 1..<2).narrowed(1, 56..<60).narrowed(2, 56..<64).fillInPlace(3)
    let rows = try squares.selected(0, 1)
    let expected =
      try
      (rows.narrowed(0, 0..<1).narrowed(1, 0..<2).sum()
      + rows.narrowed(0, 1..<2).narrowed(1, 0..<1).sum()).item() / 3
    #expect(try abs(retrospection(labels, things: ["car", "bus"]) - expected) < 1e-5 * expected)
    let everywhere = try squares.mean().item()
    #expect(try abs(retrospection(labels, things: []) - everywhere) < 1e-5 * everywhere)
    #expect(try retrospection(labels, things: ["tree"]) == 0)
    let error = #expect(throws: MethodError.self) { try retrospection(labels, things: ["bux"]) }
    #expect(error?.description.contains("perhaps 'bus'") == true)
  }

  @Test func aBackboneWithoutMapsOnTheWayIsRefused() throws {
    let transformer = try VisionTransformer(
      .init(width: 16, depth: 4, heads: 2), family: .dinov2, patch: 4, imageSize: 16)
    #expect(throws: BackboneError.noMapsToChange) { try Self.method(transformer) }
  }
}
