import ArgumentParsing
import Backbones
import Foundation
import Generalization
import Torch
import TorchNN
import Training

/// `benchmark step`: a training step, its tensors already in memory. Where the environment names other processes, as `torchrun` does,
/// each computes a share of the batch.
struct Step: ParsableCommand {
  enum MethodName: String, CaseIterable, ExpressibleByArgument {
    case csg
    case vanilla
  }

  enum AdaptationName: String, CaseIterable, ExpressibleByArgument {
    case full
    case head
    case lora

    var adaptation: Adaptation {
      switch self {
      case .full: .full
      case .head: .head
      case .lora: .lowRank(LowRankAdaptation())
      }
    }
  }

  static let configuration = CommandConfiguration(abstract: "Time training steps.")

  @Argument(help: "The file that peer.py wrote.")
  var workload: String

  @Option(help: "The backbone.")
  var backbone: BackboneDefinition

  @Option(help: "The method.")
  var method: MethodName

  @Option(help: "What of the backbone is trained; of a transformer also parts of low rank.")
  var adapt = AdaptationName.full

  @Flag(help: "Compute activations again in the backward pass.")
  var recompute = false

  @Option(help: "The arithmetic of the networks.")
  var precision = Precision.float32

  @Option(help: "Where the networks are; a CUDA device records its steps.")
  var device = "cpu"

  @Flag(help: "Record nothing on a CUDA device.")
  var plain = false

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try measure.prepare()
    let group = try ProcessPlace(environment: ProcessInfo.processInfo.environment).map {
      try ProcessGroup($0) { _ in exit(1) }
    }
    let (stepper, input) = try prepared(group)
    var iteration = 0
    try measure.report(images: input.labels.count) {
      defer { iteration += 1 }
      return try stepper.step(input, iteration: iteration, learningRate: 1e-6).total
    }
    try group?.leave()
  }

  /// Reads the workload and lets go of the file before anything is measured.
  private func prepared(_ group: ProcessGroup?) throws -> (Stepper, Stepper.Input) {
    let file = try Workload(workload)
    var network = try file.classifier(backbone)
    network.precision = precision
    network.backbone.recomputes = recompute
    try adapt.adaptation.apply(to: network.backbone, using: Generator(seed: 0))
    let device = try Device(named: device)
    let method = try method(file, device)
    try network.backbone.move(to: device)
    try network.head.move(to: device)
    let optimizer = SGD(
      [
        .init(network.backbone.namedParameters().filter(\.tensor.requiresGradient), rate: 0.1),
        .init(network.headTensors + method.trainedTensors, rate: 1),
      ],
      momentum: 0.9, weightDecay: 5e-4, form: .rateInside)
    let input = Stepper.Input(
      query: try share(file.tensor("query"), group).moved(to: device),
      key: method.usesKeyView ? try share(file.tensor("key"), group).moved(to: device) : nil,
      labels: try share(file.tensor("labels"), group).moved(to: device))
    let recorder = device == .cpu || plain ? nil : StepRecorder(on: device)
    let sharing = group.map { SharedSteps(of: optimizer.parameters, with: $0) }
    return (Stepper(network, method, optimizer, recorder: recorder, sharing: sharing), input)
  }

  /// The images of this process, in the order of the ranks.
  private func share(_ whole: Tensor, _ group: ProcessGroup?) throws -> Tensor {
    guard let group else { return whole }
    let count = whole.shape[0]
    return try whole.narrowed(
      0, count * group.rank / group.size..<count * (group.rank + 1) / group.size
    ).clone()
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
