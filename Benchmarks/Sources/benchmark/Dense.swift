import ArgumentParsing
import Generalization
import Torch
import TorchNN
import Training

/// `benchmark dense`: a training step of dense CSG.
struct Dense: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time steps of dense CSG.")

  @Argument(help: "The file that peer.py wrote.")
  var workload: String

  @Flag(help: "Compute activations again in the backward pass.")
  var recompute = false

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try measure.prepare()
    let (stepper, input) = try prepared()
    var iteration = 0
    try measure.report(images: 2) {
      defer { iteration += 1 }
      return try stepper.step(input, iteration: iteration, learningRate: 1e-9).total
    }
  }

  private func prepared() throws -> (Stepper, Stepper.Input) {
    let scenes = try Scenes(workload)
    let (network, method) = (try scenes.segmenter(), try scenes.csg())
    network.backbone.recomputes = recompute
    let optimizer = SGD(
      [
        .init(network.backbone.namedParameters(), rate: 0.1),
        .init(network.headTensors + method.trainedTensors, rate: 1),
      ],
      momentum: 0.9, weightDecay: 5e-4, form: .rateInside)
    return (Stepper(network, method, optimizer), try scenes.crops())
  }
}
