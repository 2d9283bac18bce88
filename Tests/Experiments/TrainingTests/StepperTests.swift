import Backbones
import Generalization
import ReferenceSupport
import Runs
import Testing
import Torch
import TorchNN
import Training

/// What a method receives in a step, and when its optimiser takes a step.
@Suite struct StepperTests {
  @Test func theMethodIsGivenAllOfTheStep() throws {
    let method = Recorder()
    let network = try ImageClassifier(
      backbone: ResNet(.resnet18, width: 4, imageNetClasses: 10), classes: 5, hidden: 24)
    try Filling.fill(network.namedTensors())
    let optimizer = SGD(
      [.init(network.headTensors, rate: 1)], momentum: 0.9, weightDecay: 0, form: .rateInside)
    let (query, key) = try Filling.views("batch0", 4, size: 64)
    let labels = try Filling.labels("batch0.labels", 4, classes: 5)
    let before = try network.head.stateDict().mapValues { try $0.detached().clone() }
    _ = try Stepper(network, method, optimizer).step(
      .init(query: query, key: nil, styled: [key, query], labels: labels), iteration: 7,
      learningRate: 0.1)
    let step = try #require(method.step)
    #expect(method.iteration == 7)
    #expect(method.kept.map(\.shape) == [[3]])
    #expect(step.styled.count == 2)
    try expectClose(step.styled[0], key, within: 0)
    try expectClose(step.labels, labels, within: 0)
    // Passes of the method's own draw what the student's pass drew.
    guard case .training = step.mode else {
      Issue.record("the method was told \(step.mode)")
      return
    }
    let moved = try network.head.stateDict().contains {
      try ($1 - #require(before[$0])).power(2).sum().item() > 0
    }
    #expect(moved)
    #expect(method.gradientsWereThere)
  }

  @Test func aStepThatComputesActivationsAgainIsTheSameStep() throws {
    func step(recomputes: Bool) throws -> (losses: StepLosses, state: StateDict) {
      let experiment = try ReferenceExperiment(
        Fixture.json("csg-step/configuration", as: ReferenceExperiment.Configuration.self),
        pooling: .attention, headsAreEqual: false)
      experiment.network.backbone.recomputes = recomputes
      let (query, key) = try Filling.views("batch0", 4, size: 64)
      let labels = try Filling.labels("batch0.labels", 4, classes: 5)
      let losses = try Stepper(experiment.network, experiment.csg, experiment.optimizer).step(
        .init(query: query, key: key, labels: labels), iteration: 0, learningRate: 0.05)
      return (losses, try experiment.state())
    }
    let (plain, again) = (try step(recomputes: false), try step(recomputes: true))
    #expect(again.losses.total == plain.losses.total)
    #expect(again.state.count == plain.state.count)
    for (name, tensor) in plain.state {
      try expectClose(#require(again.state[name]), tensor, within: 1e-6, name)
    }
  }

  private final class Recorder: Method {
    let stages: Set<Stage> = []
    let usesKeyView = false
    let trainedTensors: [NamedTensor] = []
    var step: TrainingStep?
    var iteration: Int?
    var kept: [Tensor] = []
    var gradientsWereThere = false

    func begin(iteration: Int) { self.iteration = iteration }

    func terms(of step: TrainingStep) throws -> MethodTerms {
      self.step = step
      var terms = MethodTerms()
      terms.kept = [try Tensor.zeros([3])]
      return terms
    }

    func update(
      _ student: any TaskNetwork, keeping kept: [Tensor], by step: () throws -> Void
    ) throws {
      self.kept = kept
      gradientsWereThere = try student.headTensors.allSatisfy { try $0.tensor.gradient() != nil }
      try step()
    }
  }
}
