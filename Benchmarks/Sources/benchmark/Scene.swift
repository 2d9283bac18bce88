import ArgumentParsing
import Backbones
import Torch
import TorchNN
import Training

/// `benchmark scene`: the classes of a whole image.
struct Scene: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time the classes of a whole image.")

  @Argument(help: "The file that peer.py wrote.")
  var workload: String

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try measure.prepare()
    let (network, image) = try prepared()
    try measure.report(images: 1) {
      try withoutGradients {
        let logits = try network(image).logits
        _ = try logits.classMap(height: image.shape[2], width: image.shape[3])
        return try (logits * logits).mean().item()
      }
    }
  }

  private func prepared() throws -> (ImageSegmenter, Tensor) {
    let scenes = try Scenes(workload)
    let network = try scenes.segmenter()
    try network.backbone.freeze()
    try network.head.freeze()
    return (network, try scenes.image())
  }
}
