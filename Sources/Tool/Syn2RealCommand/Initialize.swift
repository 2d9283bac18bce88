import ArgumentParsing
import Datasets
import Files
import Foundation
import Processors
import Recipes
import Torch

/// `syn2real init`
struct Initialize: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Look at folders of images and write a recipe for them.",
    discussion: """
      Classes are folders of images, or label maps for segmentation. The recipe is sized to the data and to this machine; its \
      comments say why each value was chosen, and every one of them may be changed. Photographs without labels are \
      recognised.
      """)

  @Option(
    help: .init(
      "The synthetic images: a folder of class folders, a list, or images with labels.",
      valueName: "path"),
    completion: .directory)
  var train: String

  @Option(
    help: .init("Photographs to judge the network on.", valueName: "path"), completion: .directory)
  var real: String?

  @Option(
    help: .init(
      "Synthetic images that are not trained on; by default a share of --train is set aside.",
      valueName: "path"), completion: .directory)
  var heldOut: String?

  @Option(help: .init("The recipe to write.", valueName: "path"), completion: .file())
  var output = "mine.yaml"

  func perform() throws {
    guard !FileManager.default.fileExists(atPath: output) else {
      throw ValidationError("\(output) is there already; name another --output.")
    }
    let data = RecipeProposal.Data(
      train: try DataSurvey(of: train), heldOut: try heldOut.map(DataSurvey.init(of:)),
      real: try real.map(DataSurvey.init(of:)))
    let surveys = [data.train] + [data.heldOut, data.real].compactMap { $0 }
    for survey in surveys {
      survey.remark.map(StandardError.write)
      for reason in survey.unreadable { StandardError.write("unreadable: \(reason)") }
    }
    let device = try? DeviceChoice(named: "auto").device
    let machine = RecipeProposal.Machine(
      processors: Processors.count,
      hasGPU: (device ?? .cpu) != .cpu)
    let registry = CommandContext.current.registry
    let proposal = try RecipeProposal(data, machine, registry: registry)
    let text = try proposal.text()
    // What is written must be read again, whatever the names of folders and classes hold.
    _ = try Recipe(text: text, source: output, registry: registry)
    try FileSystem.current.replace(output, with: Array(text.utf8))
    print(proposal.summary, terminator: "")
    print(
      "\(output) is written; next: \(CommandContext.current.name) train \(output) --dry-run".visible
    )
  }
}
