import ArgumentParsing
import Backbones
import Torch
import TorchNN

/// `benchmark evaluation`: the prediction for images and their mirror images, as `syn2real evaluate` makes it.
struct Evaluation: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time predictions.")

  @Argument(help: "The file that peer.py wrote.")
  var workload: String

  @Option(help: "The backbone.")
  var backbone: BackboneDefinition

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try measure.prepare()
    let (network, images) = try prepared()
    try measure.report(images: images.shape[0]) {
      try withoutGradients {
        let plain = try network(images, stages: []).logits.sigmoid()
        let mirrored = try network(images.flipped([3]), stages: []).logits.sigmoid()
        let probabilities = try (plain + mirrored) / 2
        _ = try probabilities.argmax(1).scalars(Int64.self)
        return try probabilities.mean().item()
      }
    }
  }

  private func prepared() throws -> (ImageClassifier, Tensor) {
    let file = try Workload(workload)
    let network = try file.classifier(backbone)
    try network.backbone.freeze()
    try network.head.freeze()
    return (network, try file.tensor("query"))
  }
}
