import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

@Suite struct SynapticIntelligenceTests {
  private static let groups = ["path", "importance", "start"]

  @Test func fiveStepsAgreeWithPyTorch() throws {
    let fixture = try Fixture("methods")
    let run = try Run()
    for iteration in 0..<5 {
      let (task, penalty) = try run.step(iteration)
      let expected = try ["task", "penalty"].map {
        try fixture["synaptic_intelligence.\($0)"].selected(0, iteration).item()
      }
      #expect(abs(task - expected[0]) <= 1e-9 * expected[0])
      #expect(abs(penalty - expected[1]) <= 1e-7 * expected[1])
      #expect((penalty > 0) == (iteration >= 2))
    }
    let state = try run.method.stateDict()
    for key in ReferenceStudent.watched {
      for group in Self.groups {
        try fixture.expect(
          "synaptic_intelligence.\(group).\(key)",
          #require(state["synaptic_intelligence.\(group).\(key)"]), within: 1e-7)
      }
      let parameters = StateDict(run.student.network.backbone.namedParameters())
      try fixture.expect(
        "synaptic_intelligence.after.\(key)", #require(parameters[key]), within: 1e-9)
    }
  }

  @Test func aLoadedMethodGoesOnBitForBit() throws {
    let whole = try Run()
    let resumed = try Run()
    for iteration in 0..<3 { _ = try whole.step(iteration) }
    try resumed.method.load(whole.method.stateDict())
    try resumed.student.network.namedTensors()
      .load(StateDict(whole.student.network.namedTensors()))
    try resumed.optimizer.load(whole.optimizer.stateDict())
    for iteration in 3..<5 {
      let (a, b) = (try whole.step(iteration), try resumed.step(iteration))
      #expect(a == b)
    }
    let (a, b) = (try whole.method.stateDict(), try resumed.method.stateDict())
    #expect(a.count == b.count)
    for (key, tensor) in a {
      let equal = try tensor.equals(#require(b[key])).converted(to: .float64).mean().item()
      #expect(equal == 1, "\(key)")
    }
  }

  /// On L = Σ a (θ − t)² / 2 the path integral of all weights is the fall of the loss, for small steps.
  @Test func thePathIntegralIsTheFallOfTheLoss() throws {
    let network = try QuadraticNetwork()
    let method = try SynapticIntelligence(
      .init(lambda: 0, interval: 1_000_000), student: network.backbone, device: .cpu)
    let theta = network.weights.theta.tensor
    let curvature = try Tensor([1.0, 2, 3], shape: [3])
    let target = try Tensor([0.5, -1, 2], shape: [3])
    func loss() throws -> Tensor { try (curvature * (theta - target).power(2)).sum() / 2 }
    let before = try loss().item()
    let rate = 1e-4
    for _ in 0..<5000 {
      try theta.clearGradient()
      try loss().backward()
      try method.update(network, keeping: []) {
        let gradient = try #require(try theta.gradient())
        try withoutGradients { try theta.addInPlace(gradient, times: -rate) }
      }
    }
    let path = try #require(try method.stateDict()["synaptic_intelligence.path.theta"])
    let fall = try before - loss().item()
    #expect(fall > 1)
    // Each step overestimates the fall by a share of rate · curvature / 2.
    #expect(abs(try path.sum().item() - fall) <= 2e-4 * fall)
  }

  @Test func weightsThatTheLossRoseAlongDoNotCount() throws {
    let network = try QuadraticNetwork()
    let method = try SynapticIntelligence(
      .init(lambda: 0, damping: 0.5, interval: 1), student: network.backbone, device: .cpu)
    let theta = network.weights.theta.tensor
    try (theta * Tensor([1.0, -2, 0], shape: [3])).sum().backward()
    try method.update(network, keeping: []) {
      try withoutGradients { try theta.addInPlace(Tensor([1.0, 1, 1], shape: [3])) }
    }
    let importance: [Double] = try #require(
      try method.stateDict()["synaptic_intelligence.importance.theta"]
    ).scalars()
    // ω = −g Δθ = (−1, 2, 0), Δ² + ξ = 1.5.
    #expect(importance[0] == 0)
    #expect(abs(importance[1] - 2 / 1.5) < 1e-12)
    #expect(importance[2] == 0)
  }

  @Test func aCheckpointOfAnotherMethodIsRefused() throws {
    let method = try Run().method
    #expect(throws: StateDictMismatch.self) { try method.load([:]) }
  }

  /// The run of the fixture.
  private struct Run {
    let student: ReferenceStudent
    let method: SynapticIntelligence
    let optimizer: SGD

    init() throws {
      student = try ReferenceStudent()
      let network = student.network
      method = try SynapticIntelligence(
        .init(lambda: 0.5, damping: 0.01, interval: 2), student: network.backbone, device: .cpu)
      optimizer = SGD(
        [
          .init(network.backbone.namedParameters(), rate: 0.1), .init(network.headTensors, rate: 1),
        ],
        momentum: 0.9, weightDecay: 5e-4, form: .rateInside)
    }

    func step(_ iteration: Int) throws -> (task: Double, penalty: Double) {
      let (query, _, labels) = try ReferenceStudent.views(iteration)
      let term = try student.terms(of: method, iteration: iteration).losses[0]
      let task = try student.network.loss(student.network(query).logits, labels: labels)
      try (task + term.value * term.weight).backward()
      try method.update(student.network, keeping: []) {
        try optimizer.step(learningRate: 0.05)
      }
      try optimizer.clearGradients()
      return (try task.item(), try term.value.item())
    }
  }
}
