import Generalization
import ReferenceSupport
import Testing
import TorchNN
import Training

/// Fifty iterations of CSG, against the same loop in plain PyTorch.
@Suite struct ReferenceTrainingTests {
  private struct Run: Decodable {
    let configuration: ReferenceExperiment.Configuration
    let float32: [Terms]
  }

  private struct Terms: Decodable {
    let lr: Double
    let loss: Double
    let loss_task: Double
    let loss_nce_layer3: Double
    let loss_nce_layer4: Double
    let nce_top1_layer3: Double
    let nce_top1_layer4: Double
  }

  @Test(arguments: [
    ("attention", Pooling.attention, true), ("average", .average, true),
    ("single-view", .attention, false), ("attention-width64", .attention, true),
  ])
  func everyTermOfEveryIteration(name: String, pooling: Pooling, hasTwoViews: Bool) throws {
    let run = try Fixture.json("training/\(name)", as: Run.self)
    let configuration = run.configuration
    let experiment = try ReferenceExperiment(
      configuration, pooling: pooling, headsAreEqual: true)
    let stepper = Stepper(experiment.network, experiment.csg, experiment.optimizer)
    let schedule = PolynomialSchedule(base: configuration.lr)
    for (iteration, expected) in run.float32.enumerated() {
      let (query, key) = try Filling.views("batch\(iteration)", configuration.batch, size: 64)
      let labels = try Filling.labels(
        "batch\(iteration).labels", configuration.batch, classes: configuration.classes)
      let learningRate = schedule.learningRate(at: iteration, of: run.float32.count)
      expectRelative(learningRate, expected.lr, 1e-12, "lr")
      let losses = try stepper.step(
        .init(query: query, key: hasTwoViews ? key : nil, labels: labels), iteration: iteration,
        learningRate: learningRate)
      expectRelative(losses.total, expected.loss, 1e-4, "iteration \(iteration): loss")
      expectRelative(losses.task, expected.loss_task, 1e-4, "iteration \(iteration): task")
      expectRelative(
        losses.terms[0].value, expected.loss_nce_layer3, 1e-4, "iteration \(iteration): layer3")
      expectRelative(
        losses.terms[1].value, expected.loss_nce_layer4, 1e-4, "iteration \(iteration): layer4")
      #expect(
        losses.figures.filter { $0.name.hasPrefix("nce") }.map(\.value) == [
          expected.nce_top1_layer3, expected.nce_top1_layer4,
        ])
    }
    try expectState(experiment, Fixture("training/\(name)-after\(run.float32.count)"))
  }

  /// Final weights within 1e-5 absolute, where they are of order 0.1 to 1; the keys in the queue, which went
  /// through both networks, within 1e-4.
  private func expectState(_ experiment: ReferenceExperiment, _ fixture: Fixture) throws {
    var compared = 0
    for (key, tensor) in try experiment.state()
    where fixture.tensors[key] != nil || fixture.tensors["\(key).sample"] != nil {
      let tolerance = key.hasPrefix("queue") ? 1e-4 : 1e-5
      try fixture.expectAbsolute(key, tensor, within: tolerance)
      compared += 1
    }
    #expect(compared > 70)
  }
}
