import Backbones
import Generalization
import ReferenceSupport
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
        iteration: 0, student: network, query: query, key: key,
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
}
