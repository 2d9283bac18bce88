import ArgumentParsing
import Inference
import Training

/// `syn2real convert`
struct Convert: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert a file of weights to another format.",
    discussion: """
      Reads safetensors and PyTorch's .pth, .pt and .pth.tar, zip or legacy, without running what they hold; writes \
      the format that the ending of the output's name says. torch.load can read the result with weights_only=True. Names and \
      metadata are kept.
      """)

  @Argument(help: "The file to read.", completion: .file())
  var input: String

  @Argument(help: "The file to write.", completion: .file())
  var output: String

  @Flag(
    help:
      "Write only a checkpoint's student: its backbone under torchvision's names, its head under fc_new."
  )
  var student = false

  func perform() throws {
    try WeightsConversion.convert(input, to: output, studentOnly: student)
  }
}
