import ArgumentParsing
import Backbones
import Generalization
import Inference
import Recipes
import Torch
import Training

/// `syn2real evaluate`
struct Evaluate: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge a checkpoint on data.",
    discussion: """
      Prints accuracy by class (for a segmenter, intersection over union), their mean, overall accuracy and the \
      hyperspherical energy of the features for every data set named. A released checkpoint of CSG does not describe its \
      network: for it a recipe names the backbone, and the first data set gives the names of the classes.
      """)

  @Argument(help: "A checkpoint that train wrote, or a released one of CSG.", completion: .file())
  var checkpoint: String

  @Option(
    help: .init(
      "A data set, named as in recipes: a folder or a list file; may be repeated.",
      valueName: "path"),
    completion: .directory)
  var data: [String]

  @Option(
    help: .init(
      "What classes of the data are called by the network, such as lorry=truck,bike=bicycle, or a YAML file of such names; without a new name a class is left out.",
      valueName: "names|path"), completion: .file())
  var map: String?

  @Option(
    help: .init(
      "The recipe of a checkpoint that another program wrote, a YAML file.", valueName: "path"),
    completion: .file())
  var recipe: String?

  @Option(
    help: .init(
      "Segmentation: where to write the class maps, as the label ids that Cityscapes' evaluation reads; images with the same name keep their folders.",
      valueName: "folder"), completion: .directory)
  var predictions: String?

  @Option(help: Precision.judgingHelp)
  var precision: Precision?

  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Print the figures as JSON.")
  var json = false

  func perform() throws {
    let device = try compute.prepare()
    let trained = try trainedNetwork(device).judging(in: precision)
    if predictions != nil, trained.description.task != .segmentation {
      throw ValidationError(
        "--predictions writes class maps, but \(checkpoint) is a classifier; leave it out.")
    }
    let records = try trained.evaluate(
      at: data, renaming: map.map(ClassNames.read) ?? [:], writingPredictionsTo: predictions,
      report: StandardError.write)
    if json {
      print(try records.json(), terminator: "")
    } else {
      print(records.map(EvaluationTable.text).joined(separator: "\n"), terminator: "")
    }
  }

  private func trainedNetwork(_ device: Device) throws -> TrainedNetwork {
    let registry = CommandContext.current.registry
    guard let recipe, let first = data.first else {
      return try TrainedNetwork(
        checkpoint: checkpoint,
        description: NetworkDescription(recipeOfCheckpoint: checkpoint, registry: registry),
        device: device, registry: registry)
    }
    return try TrainedNetwork(
      foreignCheckpoint: checkpoint,
      description: Recipe(contentsOf: recipe, registry: registry).networkDescription,
      classesOfData: first, device: device)
  }
}
