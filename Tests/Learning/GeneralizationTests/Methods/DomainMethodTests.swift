import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// The methods that compare the domains of a batch.
@Suite struct DomainMethodTests {
  /// A network that hands its images on as features and logits.
  private final class Identity: Backbone {
    let imageNetClassifier: Linear? = nil
    let channels: [Stage: Int] = [:]
    let pixelScaling = PixelScaling.imageNet
    var recomputes = false
    func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
      FeatureMaps(stages: [:], last: images, summary: images)
    }
  }

  private final class NoHead: Module {}

  private struct Answers: TaskNetwork {
    let backbone: any Backbone = Identity()
    let head: any Module = NoHead()
    var precision = Precision.float32
    let changesInTraining = false
    func callAsFunction(
      _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
    ) throws -> TaskOutput {
      TaskOutput(logits: images, features: try backbone.features(of: images, stages: []))
    }
    func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor {
      try logits.crossEntropy(labels)
    }
  }

  private static func term(
    of method: any Method, _ rows: Tensor, domains: Tensor?, labels: Tensor, iteration: Int = 0
  ) throws -> MethodTerms.LossTerm {
    let network = Answers()
    try method.begin(iteration: iteration)
    let terms = try method.terms(
      of: TrainingStep(
        student: network, query: rows, key: nil, labels: labels, domains: domains,
        output: network(rows, stages: [], mode: .evaluation)))
    return try #require(terms.losses.first)
  }

  private static func method(_ name: String) throws -> any Method {
    name == "coral"
      ? try CORAL(.init(), domainCount: 4) : try IRM(.init(anneal: 3), domainCount: 4)
  }

  @Test(arguments: ["coral", "irm"])
  func termsAgreeWithPyTorch(name: String) throws {
    let fixture = try Fixture("later")
    let rows = try fixture["\(name).x"].clone()
    try rows.requireGradient()
    let term = try Self.term(
      of: Self.method(name), rows, domains: fixture["domains.owners"],
      labels: fixture["domains.labels"])
    #expect(term.name == name)
    try fixture.expect("\(name).result", term.value, within: 1e-10)
    try term.value.backward()
    try fixture.expect("\(name).gradient.x", #require(try rows.gradient()), within: 1e-9)
  }

  @Test func thePenaltyAgreesWithFiniteDifferences() throws {
    let fixture = try Fixture("later")
    let (rows, labels) = (try fixture["irm.x"], try fixture["domains.labels"])
    let owners: [Int64] = try fixture["domains.owners"].scalars()
    let step = 1e-5
    let squares = try Set(owners).sorted().map { domain in
      let places = try Tensor(owners.indices.filter { owners[$0] == domain }.map(Int64.init))
      let (own, classes) = (try rows.gathered(0, places), try labels.gathered(0, places))
      func risk(_ factor: Double) throws -> Double {
        try (own * factor).crossEntropy(classes).item()
      }
      let derivative = try (risk(1 + step) - risk(1 - step)) / (2 * step)
      return derivative * derivative
    }
    let penalty = try Self.term(
      of: Self.method("irm"), rows, domains: fixture["domains.owners"], labels: labels
    ).value.item()
    #expect(abs(penalty - squares.reduce(0, +) / Double(squares.count)) < 1e-8)
    #expect(penalty > 1e-3)
  }

  /// Two domains with the same images have the same covariances; moving one of them changes none.
  @Test func equalDomainsHaveNoDistance() throws {
    let one = try Filling.uniform("coral", [5, 3], -1, 1).converted(to: .float64)
    let domains = try Tensor([0, 0, 0, 0, 0, 1, 1, 1, 1, 1] as [Int64])
    let labels = try Tensor([Int64](repeating: 0, count: 10))
    func distance(_ other: Tensor) throws -> Double {
      try Self.term(
        of: CORAL(.init(), domainCount: 2), Tensor.concatenated([one, other]), domains: domains,
        labels: labels
      ).value.item()
    }
    #expect(try distance(one) < 1e-20)
    #expect(try distance(one + 3) < 1e-20)
    #expect(try distance(one * 2) > 1e-3)
  }

  /// A domain of which a batch has one image alone, or none, has no covariance.
  @Test func domainsWithoutImagesDoNotCount() throws {
    let rows = try Filling.uniform("coral", [4, 3], -1, 1).converted(to: .float64)
    let labels = try Tensor([0, 1, 2, 0] as [Int64])
    for name in ["coral", "irm"] {
      let term = try Self.term(
        of: Self.method(name), rows, domains: Tensor([2, 2, 2, 2] as [Int64]), labels: labels)
      #expect(try term.value.isAllFinite())
      #expect(try (term.value.item() == 0) == (name == "coral"))
    }
  }

  @Test func thePenaltyIsWeightedAfterItsFirstSteps() throws {
    let fixture = try Fixture("later")
    let method = try Self.method("irm")
    for (iteration, weight) in [(0, 1.0), (2, 1), (3, 100), (50, 100)] {
      let term = try Self.term(
        of: method, fixture["irm.x"], domains: fixture["domains.owners"],
        labels: fixture["domains.labels"], iteration: iteration)
      #expect(term.weight == weight)
    }
  }

  @Test func labelsOfPixelsAreRefused() throws {
    #expect(throws: MethodError.pixelLabels(method: "irm")) {
      try Self.term(
        of: Self.method("irm"), Tensor.ones([2, 3, 4, 4]), domains: Tensor([0, 1] as [Int64]),
        labels: Tensor.zeros([2, 4, 4], dtype: .int64))
    }
  }

  @Test func oneDomainIsRefused() throws {
    #expect(throws: MethodError.oneDomain) { try CORAL(.init(), domainCount: 1) }
    #expect(throws: MethodError.oneDomain) { try IRM(.init(), domainCount: 1) }
    let rows = try Tensor.ones([2, 3])
    #expect(throws: MethodError.oneDomain) {
      try Self.term(
        of: Self.method("coral"), rows, domains: nil, labels: Tensor([0, 1] as [Int64]))
    }
  }
}
