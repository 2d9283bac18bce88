import Backbones
import Generalization
import ReferenceSupport
import Runs
import Testing
import Torch
import Training

/// Training under `precision: bf16`.
@Suite struct PrecisionTests {
  private func losses(_ precision: Precision) throws -> StepLosses {
    let experiment = try makeExperiment()
    var network = experiment.network
    network.precision = precision
    let (query, key) = try Filling.views("batch0", 4, size: 64)
    let labels = try Filling.labels("batch0.labels", 4, classes: experiment.configuration.classes)
    return try Stepper(network, experiment.csg, experiment.optimizer).step(
      .init(query: query, key: key, labels: labels), iteration: 0, learningRate: 0.05)
  }

  private func makeExperiment() throws -> ReferenceExperiment {
    try ReferenceExperiment(
      Fixture.json("csg-step/configuration", as: ReferenceExperiment.Configuration.self),
      pooling: .attention, headsAreEqual: false)
  }

  @Test func lossesAreCloseToThoseOfFloat32AndNotThem() throws {
    let exact = try losses(.float32)
    let rounded = try losses(.bfloat16)
    expectRelative(rounded.task, exact.task, 0.02, "task")
    for (a, b) in zip(rounded.terms, exact.terms) {
      expectRelative(a.value, b.value, 0.02, a.name)
      #expect(a.value != b.value)
    }
    #expect(rounded.task != exact.task)
  }

  @Test func everythingAfterTheMapsIsFloat32AndSoAreTheGradients() throws {
    let experiment = try makeExperiment()
    var network = experiment.network
    network.precision = .bfloat16
    let (query, key) = try Filling.views("batch0", 4, size: 64)
    let output = try network(query, stages: experiment.csg.stages)
    let terms = try experiment.csg.terms(
      of: TrainingStep(
        student: network, query: query, key: key,
        labels: Filling.labels("batch0.labels", 4, classes: 5), output: output))
    #expect(output.logits.dtype == .float32)
    #expect(output.features.stages.values.allSatisfy { $0.dtype == .float32 })
    #expect(terms.losses.allSatisfy { $0.value.dtype == .float32 })
    #expect(try experiment.csg.stateDict()["queue3"]?.dtype == .float32)
    try terms.losses[0].value.backward()
    let gradients = try network.backbone.namedParameters().compactMap { try $0.tensor.gradient() }
    #expect(gradients.count > 40)
    #expect(gradients.allSatisfy { $0.dtype == .float32 })
  }

  @Test func theModeEndsWithItsScope() throws {
    let a = try Tensor.ones([4, 4])
    let inside = try withAutocast(to: .bfloat16, on: .cpu) { try a.matmul(a).dtype }
    #expect(inside == .bfloat16)
    #expect(throws: TorchError.self) {
      try withAutocast(to: .bfloat16, on: .cpu) { try a.matmul(.ones([3, 3])) }
    }
    #expect(try a.matmul(a).dtype == .float32)
  }

  @Test func frozenPassesHaveAPrecisionOfTheirOwn() throws {
    func losses(_ frozen: Precision?) throws -> (StepLosses, ReferenceExperiment) {
      let experiment = try makeExperiment()
      let (query, key) = try Filling.views("batch0", 4, size: 64)
      let labels = try Filling.labels("batch0.labels", 4, classes: 5)
      let stepper = Stepper(
        experiment.network, experiment.csg, experiment.optimizer, frozenPrecision: frozen)
      let input = Stepper.Input(query: query, key: key, labels: labels)
      return (try stepper.step(input, iteration: 0, learningRate: 0.05), experiment)
    }
    let (exact, plain) = try losses(nil)
    let (same, _) = try losses(.float32)
    let (rounded, mixed) = try losses(.bfloat16)
    #expect(same.total == exact.total)
    #expect(rounded.task == exact.task)
    for (a, b) in zip(rounded.terms, exact.terms) {
      expectRelative(a.value, b.value, 0.02, a.name)
      #expect(a.value != b.value)
    }
    let (before, after) = (try plain.state(), try mixed.state())
    for name in before.keys where name.hasPrefix("encoder_q.") {
      let (a, b) = (try #require(after[name]), try #require(before[name]))
      #expect(a.dtype == b.dtype)
      if a.dtype == .float32 { try expectClose(a, b, within: 0.02, name) }
    }
  }

  @Test func gradientsOfTheStudentStayFloat32BesideAFrozenPassInBfloat16() throws {
    let experiment = try makeExperiment()
    let (query, key) = try Filling.views("batch0", 4, size: 64)
    let output = try experiment.network(query, stages: experiment.csg.stages)
    let terms = try experiment.csg.terms(
      of: TrainingStep(
        student: experiment.network, query: query, key: key,
        labels: Filling.labels("batch0.labels", 4, classes: 5), frozenPrecision: .bfloat16,
        output: output))
    try terms.losses[0].value.backward()
    let gradients = try experiment.network.backbone.namedParameters()
      .compactMap { try $0.tensor.gradient() }
    #expect(gradients.count > 40)
    #expect(gradients.allSatisfy { $0.dtype == .float32 })
  }

  /// Every method with a teacher looks at it in that precision.
  @Test(arguments: [true, false])
  func theTeachersOfOtherMethodsToo(isASG: Bool) throws {
    func value(_ frozen: Precision) throws -> Double {
      let experiment = try makeExperiment()
      let width = experiment.configuration.width
      let teacher = try ResNet(.resnet18, width: width, imageNetClasses: 10)
      try Filling.fill(teacher, prefix: "encoder_k.")
      let method: any Method =
        isASG
        ? try ASG(ASGConfiguration(), teacher: teacher, device: .cpu)
        : try FeatureDistance(FeatureDistanceConfiguration(), teacher: teacher, device: .cpu)
      let (query, _) = try Filling.views("batch0", 4, size: 64)
      let terms = try method.terms(
        of: TrainingStep(
          student: experiment.network, query: query, key: nil,
          labels: Filling.labels("batch0.labels", 4, classes: 5), frozenPrecision: frozen,
          output: experiment.network(query, stages: [])))
      return try terms.losses[0].value.item()
    }
    let (exact, rounded) = (try value(.float32), try value(.bfloat16))
    expectRelative(rounded, exact, 0.05)
    #expect(rounded != exact)
  }

  /// Folded weights that are kept in bfloat16 are those that autocast would make in each pass.
  @Test func aFrozenNetworkServesBothPrecisionsByTurns() throws {
    func backbone() throws -> ResNet {
      let backbone = try ResNet(.resnet18, width: 8, imageNetClasses: 10)
      try Filling.fill(backbone)
      return backbone
    }
    let (trained, frozen) = (try backbone(), try backbone())
    try frozen.freeze()
    let (images, _) = try Filling.views("images", 2, size: 64)
    for precision in [Precision.float32, .bfloat16, .float32, .bfloat16] {
      try withoutGradients {
        let expected = try trained.features(of: images, stages: [.layer3], in: precision)
        let found = try frozen.features(of: images, stages: [.layer3], in: precision)
        try expectClose(found.last, expected.last, within: 0, "\(precision)")
        try expectClose(found[.layer3], expected[.layer3], within: 0, "\(precision)")
      }
    }
    let exact = try frozen.features(of: images, stages: [], in: .float32).last
    let rounded = try frozen.features(of: images, stages: [], in: .bfloat16).last
    try expectClose(rounded, exact, within: 0.03)
    #expect(frozen.namedParameters().allSatisfy { $0.tensor.dtype == .float32 })
  }
}
