import ArgumentParsing
import Backbones
import Inference

/// `syn2real zero-shot`
struct ZeroShot: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "zero-shot",
    abstract: "Make a classifier of CLIP and the embeddings of names, without training.",
    discussion: """
      EMBEDDINGS is a safetensors file with a tensor 'embeddings', a row for each class, and 'classes', a JSON array of their \
      names, in its metadata; the page on published networks has the lines of Python that write one. The result is a checkpoint \
      for evaluate, predict, diagnose and export.
      """)

  @Argument(help: "One of CLIP's networks, such as clip-vit-base-16.")
  var backbone: String

  @Argument(help: "The file of the names' embeddings.", completion: .file())
  var embeddings: String

  @Argument(help: "The checkpoint to write: .safetensors.", completion: .file())
  var output: String

  @Option(help: "The network's weights; by default the published ones.", completion: .file())
  var weights: String?

  @Option(help: "The side of the square that the network sees, in pixels.")
  var imageSize = 224

  func perform() throws {
    guard (16...4096).contains(imageSize) else {
      throw ValidationError("--image-size is \(imageSize); expected a number from 16 to 4096.")
    }
    var options = EvaluationOptions()
    options.imageSize = imageSize
    options.mirrors = false
    try ZeroShotClassifier.write(
      embeddings: embeddings, backbone: CommandContext.current.registry.backbone(named: backbone),
      weights: weights.map { FirstWeights.file($0) } ?? .imageNet, options: options, to: output)
  }
}
