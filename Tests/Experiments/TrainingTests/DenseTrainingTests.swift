import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN
import Training

/// Twenty iterations of dense CSG on a segmenter, against the same loop in plain PyTorch.
@Suite struct DenseTrainingTests {
  private struct Run: Decodable {
    let classes: Int
    let dimension: Int
    let queue: Int
    let momentum: Double
    let weight: Double
    let grid: Int
    let frozen: Bool
    let width: Int
    let batch: Int
    let size: Int
    let lr: Double
    let steps: [Terms]
  }

  private struct Terms: Decodable {
    let lr: Double
    let loss: Double
    let loss_task: Double
    let loss_nce_layer3: Double
    let loss_nce_layer4: Double
  }

  @Test(arguments: ["divides", "uneven", "frozen"])
  func everyTermOfEveryIteration(name: String) throws {
    let run = try Fixture.json("segmentation/training-\(name)", as: Run.self)
    let network = try ImageSegmenter(
      backbone: backbone(), classes: run.classes, width: run.width, dropout: 0)
    try Filling.fill(network.namedTensors().map { $0.prefixed("encoder_q.") })
    let csg = try csg(run)
    let optimizer = SGD(
      [
        .init(network.backbone.namedParameters(), rate: 0.1),
        .init(network.headTensors + csg.trainedTensors, rate: 1),
      ], momentum: 0.9, weightDecay: 5e-4, form: .rateInside)
    #expect(csg.trainedTensors.contains { $0.tensor.requiresGradient } == !run.frozen)
    let stepper = Stepper(network, csg, optimizer)
    let schedule = PolynomialSchedule(base: run.lr, warmup: 5)
    #expect(run.steps.count == 20)
    for (iteration, expected) in run.steps.enumerated() {
      let (query, key) = try Filling.views("batch\(iteration)", run.batch, size: run.size)
      let labels = try Filling.pixelLabels(
        "batch\(iteration).labels", [run.batch, run.size, run.size], classes: run.classes)
      let learningRate = schedule.learningRate(at: iteration, of: run.steps.count)
      let losses = try stepper.step(
        .init(query: query, key: key, labels: labels), iteration: iteration,
        learningRate: learningRate)
      expectRelative(learningRate, expected.lr, 1e-12, "lr")
      // Later, a place whose sum is rounded to the other side of a ReLU's kink changes losses by up to 1e-4; whether there is one
      // depends on the order of sums, which each processor has its own code for.
      let tolerance = iteration < 6 ? 2e-6 : 5e-4
      for (name, found, expected) in [
        ("loss", losses.total, expected.loss), ("task", losses.task, expected.loss_task),
        ("layer3", losses.terms[0].value, expected.loss_nce_layer3),
        ("layer4", losses.terms[1].value, expected.loss_nce_layer4),
      ] {
        expectRelative(found, expected, tolerance, "iteration \(iteration): \(name)")
      }
    }
  }

  private func backbone() throws -> ResNet {
    try ResNet(.resnet18, outputStride: 8, width: 8, imageNetClasses: 10)
  }

  /// CSG with h̃ = h at the start, all by the names of the checkpoint.
  private func csg(_ run: Run) throws -> CSG {
    let teacher = try backbone()
    try Filling.fill(teacher, prefix: "encoder_k.")
    let csg = try CSG(
      CSGConfiguration(
        lambda: run.weight, grid: run.grid, queueCapacity: run.queue,
        average: MovingAverage(momentum: run.momentum), dimension: run.dimension,
        trainsProjectionHeads: !run.frozen),
      teacher: teacher, generator: Generator(seed: 0), device: .cpu)
    var state = try csg.stateDict()
    for (key, tensor) in state where key.contains("fc_csg") {
      let filled = try tensor.clone().detached()
      let name = "encoder_q." + key.dropFirst("encoder_k.".count)
      try Filling.fill([NamedTensor(name: name, tensor: filled, isParameter: true)])
      state[key] = filled
    }
    for stage in [3, 4] {
      state["queue\(stage)"] = try Filling.queue("queue\(stage)", run.dimension, run.queue)
    }
    try csg.load(state)
    return csg
  }
}
