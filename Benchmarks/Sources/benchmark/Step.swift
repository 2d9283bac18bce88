import ArgumentParsing
import Backbones
import Generalization
import Torch
import TorchNN
import Training

/// `benchmark step`: a training step, its tensors already in memory.
struct Step: ParsableCommand {
  enum MethodName: String, CaseIterable, ExpressibleByArgument {
    case csg
    case vanilla
  }

  static let configuration = CommandConfiguration(abstract: "Time training steps.")

  @Argument(help: "The file that peer.py wrote.")
  var workload: String

  @Option(help: "The backbone.")
  var backbone: BackboneDefinition

  @Option(help: "The method.")
  var method: MethodName

  @Flag(help: "Compute activations again in the backward pass.")
  var recompute = false

  @Option(help: "The arithmetic of the networks.")
  var precision = Precision.float32

  @Option(help: "Where the networks are; a CUDA device records its steps.")
  var device = "cpu"

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try measure.prepare()
    let (stepper, input) = try prepared()
    var iteration = 0
    try measure.report(images: input.labels.count) {
      defer { iteration += 1 }
      return try stepper.step(input, iteration: iteration, learningRate: 1e-6).total
    }
  }

  /// Reads the workload and lets go of the file before anything is measured.
  private func prepared() throws -> (Stepper, Stepper.Input) {
    let file = try Workload(workload)
    var network = try file.classifier(backbone)
    network.precision = precision
    network.backbone.recomputes = recompute
    let device = try Device(named: device)
    let method = try method(file, device)
    try network.backbone.move(to: device)
    try network.head.move(to: device)
    let optimizer = SGD(
      [
        .init(network.backbone.namedParameters(), rate: 0.1),
        .init(network.headTensors + method.trainedTensors, rate: 1),
      ],
      momentum: 0.9, weightDecay: 5e-4, form: .rateInside)
    let input = Stepper.Input(
      query: try file.tensor("query").moved(to: device),
      key: method.usesKeyView ? try file.tensor("key").moved(to: device) : nil,
      labels: try file.tensor("labels").moved(to: device))
    let recorder = device == .cpu ? nil : StepRecorder(on: device)
    return (Stepper(network, method, optimizer, recorder: recorder), input)
  }

  private func method(_ file: Workload, _ device: Device) throws -> any Method {
    guard method == .csg else { return Vanilla() }
    let teacher = try backbone.make()
    try teacher.load(file.encoder())
    let csg = try CSG(
      CSGConfiguration(queueCapacity: file.tensor("queue3").shape[1]), teacher: teacher,
      generator: Generator(seed: 0), device: device)
    try csg.load(file.contrastiveState())
    return csg
  }
}
