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

  @Argument(
    help: "A run's folder, for its best checkpoint; a checkpoint; or a released one of CSG.",
    completion: .file())
  var checkpoint: String

  @Option(
    help: .init(
      "A data set, named as in recipes: a folder or a list file; may be repeated. Without it, the held-out, unseen and real sets of the checkpoint's recipe; a share set aside by held_out_fraction is judged by training alone.",
      valueName: "path"),
    completion: .directory)
  var data: [String] = []

  @Option(
    help: .init(
      "What classes of the data are called by the network, such as lorry=truck,bike=bicycle, or a YAML file of such names; without a new name a class is left out.",
      valueName: "names|path"), completion: .file())
  var map: String?

  @Option(
    help: .init(
      "Classes that the means leave out, such as wall,fence,pole; what is taken for one of them is a mistake as ever.",
      valueName: "names"))
  var meanWithout: String?

  @Option(
    help: .init(
      "The recipe of a checkpoint that another program wrote, a YAML file.", valueName: "path"),
    completion: .file())
  var recipe: String?

  @Option(
    help: .init(
      "Where to write every prediction. A classifier: a CSV file (or a folder for predictions.csv) with the probabilities of each image. A segmenter: a folder for class maps, as the label ids that Cityscapes' evaluation reads; images with the same name keep their folders.",
      valueName: "path"), completion: .file())
  var predictions: String?

  @Option(
    help: .init(
      "Classifiers: accept an image only where its score reaches this, and show how many are accepted and how many of these are recognised.",
      valueName: "score"))
  var threshold: Double?

  @Option(
    help: .init(
      "What --threshold is compared with: the largest probability (softmax, in [0, 1]), or the negative of the energy score (energy).",
      valueName: ConfidenceScore.allCases.map(\.rawValue).joined(separator: "|")),
    completion: .list(ConfidenceScore.allCases.map(\.rawValue)))
  var score = ConfidenceScore.softmax

  @Option(
    help: .init(
      "Classifiers: a folder of images of none of the classes; shows how well the others are told from these. May be repeated.",
      valueName: "folder"),
    completion: .directory)
  var unknown: [String] = []

  @Option(help: Precision.judgingHelp)
  var precision: Precision?

  @OptionGroup var compute: ComputeOptions

  @OptionGroup var sharing: ProcessOptions

  @Flag(help: "Print the figures as JSON.")
  var json = false

  func perform() throws {
    let rejection = try rejection()
    try sharing.run(compute) { try evaluate(rejection, with: $0, on: $1) }
  }

  /// Evaluates, alone or as one of several processes, of which the first tells the figures.
  private func evaluate(
    _ rejection: RejectOption?, with group: ProcessGroup?, on device: Device
  ) throws {
    let isFirst = (group?.rank ?? 0) == 0
    let judged = try JudgedCheckpoint(
      checkpoint, data: data, isForeign: recipe != nil, registry: CommandContext.current.registry)
    let trained = try trainedNetwork(judged, device).judging(in: precision)
    try group?.requireSameProgram(judging: judged.path)
    try group?.requireSame("list of data sets", judged.data.joined(separator: ", "))
    var request = EvaluationRequest()
    request.predictions = predictions
    request.renaming = try map.map(ClassNames.read) ?? [:]
    request.leftOutOfMeans =
      meanWithout?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    request.rejection = rejection
    request.unknown = unknown
    let records = try trained.evaluate(at: judged.data, request, sharedBy: group) {
      if isFirst { StandardError.write($0) }
    }
    try group?.leave()
    guard isFirst else { return }
    for path in judged.trainedOn {
      StandardError.write("\(path) was trained on: its figures say nothing of other images")
    }
    if json {
      print(try records.json(), terminator: "")
    } else {
      print(records.map(EvaluationTable.text).joined(separator: "\n"), terminator: "")
    }
  }

  private func rejection() throws -> RejectOption? {
    guard let threshold else { return nil }
    guard score == .energy || (0...1).contains(threshold) else {
      throw ValidationError(
        "--threshold is a probability from 0 to 1, not \(threshold); --score energy takes other numbers."
      )
    }
    return RejectOption(score: score, threshold: threshold)
  }

  private func trainedNetwork(_ judged: JudgedCheckpoint, _ device: Device) throws -> TrainedNetwork
  {
    let registry = CommandContext.current.registry
    guard let recipe, let first = judged.data.first else {
      return try TrainedNetwork(
        checkpoint: judged.path,
        description: NetworkDescription(recipeOfCheckpoint: judged.path, registry: registry),
        device: device, registry: registry)
    }
    return try TrainedNetwork(
      foreignCheckpoint: judged.path,
      description: Recipe(contentsOf: recipe, registry: registry).networkDescription,
      classesOfData: first, device: device)
  }
}
