import ArgumentParsing
import Export
import Inference
import Recipes

/// `syn2real export`
struct ExportNetwork: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a checkpoint's network alone, for use elsewhere.",
    discussion: """
      model.onnx: a graph for onnxruntime and other runtimes, with batch norms folded into convolutions, any number of \
      images, and for segmenters of convolutional backbones images of any size. It gives logits; classes, temperature and preprocessing are in its \
      metadata. model.safetensors, model.pth: student and head with what predict and evaluate need; torch.load can read \
      the latter with weights_only=True.
      """)

  @Argument(
    help: "A run's folder, for its best checkpoint, or a checkpoint.", completion: .file())
  var checkpoint: String

  @Argument(
    help: "The file to write: .onnx, .safetensors, .pth, .pt or .pth.tar.", completion: .file())
  var output: String

  @Flag(
    help:
      "ONNX: let the graph take uint8 RGB images of N×H×W×3, scale them, and give probabilities.")
  var withPreprocessing = false

  @Flag(
    help:
      "Weights: leave out what the backbone started from; the file is small and needs these weights where it is used."
  )
  var adaptersOnly = false

  func perform() throws {
    let format = try CheckpointExport.Format(forPath: output)
    if withPreprocessing, format != .onnx {
      throw ValidationError(
        "--with-preprocessing puts the scaling of pixels into an ONNX graph, but \(output) holds weights; leave it out, or "
          + "write a file that ends in .onnx.")
    }
    if adaptersOnly, format == .onnx {
      throw ValidationError(
        "--adapters-only writes weights, but \(output) is a graph, which needs all of them; leave it out, or write a file that "
          + "ends in .safetensors or .pth.")
    }
    let registry = CommandContext.current.registry
    let checkpoint = try JudgedCheckpoint.checkpoint(at: checkpoint)
    try CheckpointExport.export(
      checkpoint, to: output, withPreprocessing: withPreprocessing,
      changesAlone: adaptersOnly,
      description: NetworkDescription(recipeOfCheckpoint: checkpoint, registry: registry),
      registry: registry)
  }
}
