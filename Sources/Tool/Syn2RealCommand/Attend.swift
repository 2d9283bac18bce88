import Analysis
import ArgumentParsing
import Backbones
import Datasets
import Foundation
import Imaging
import Inference
import Recipes
import Runs
import Torch

/// `syn2real attend`
struct Attend: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show where networks look on pictures.",
    discussion: """
      For every picture a file NAME-attention.png: the picture as the network sees it, and over it in colours the weight \
      that attentional pooling gives to each place of a stage's map (the paper's section 3.3); red where a place counts as \
      much as any other would, yellow where it counts twice as much. Every network can be asked, however it was trained. \
      With --json the weights themselves are printed. Pictures with the same name keep their folders. If a picture cannot be read, an error names it, the others are still shown, and \
      the exit code is 1.
      """)

  @Argument(help: "A run's folder, for its best checkpoint, or a checkpoint.", completion: .file())
  var checkpoint: String

  @Argument(
    help:
      "Pictures (JPEG, PNG or WebP), folders of pictures, lists (.txt) with a path on each line, or - for such lines on standard input.",
    completion: .file())
  var images: [String]

  @Option(
    help: .init(
      "The recipe of checkpoints that another program wrote, a YAML file.", valueName: "path"),
    completion: .file())
  var recipe: String?

  @Option(
    help: .init("Another checkpoint to show below, may be repeated.", valueName: "checkpoint"),
    completion: .file())
  var beside: [String] = []

  @Flag(help: "Show the ImageNet teacher of the checkpoint too.")
  var teacher = false

  @Option(
    help: .init("Stages, separated by commas.", valueName: "list"),
    completion: .separatedList(Stage.allCases.map(\.description)))
  var stage = "layer3,layer4"

  @Option(help: .init("The shorter side of each picture, in pixels.", valueName: "pixels"))
  var side = 224

  @Option(
    help: .init("Where the pictures are written.", valueName: "folder"), completion: .directory)
  var output = "Attention"

  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Print the weights as JSON.")
  var json = false

  /// What one network looks at on one picture.
  private struct Item: Encodable {
    let file: String
    let network: String
    let maps: [AttentionMap]
    let picture: String
  }

  func perform() throws {
    guard (32...2048).contains(side) else {
      throw ValidationError("--side must be from 32 to 2048 pixels, not \(side).")
    }
    let stages = try Stage.parsed([stage])
    let networks = try networks(on: compute.prepare())
    let readers = try networks.map { try AttentionReader($0, stages: stages) }
    let pictures = PictureFiles(named: images) { Array(sequence(state: ()) { _ in readLine() }) }
    var failures = PredictionFailures()
    for failure in pictures.failures { failures.add("\(failure)", of: nil) }
    let files = try OutputFiles(
      in: output, of: pictures.paths, suffixes: [Self.suffix], read: pictures.paths + [checkpoint])
    let sheet = try AttentionSheet()
    var items: [Item] = []
    for path in pictures.paths {
      do {
        let file = files.path(of: path, Self.suffix)
        let looks = try readers.map { try $0.look(at: path, side: side) }
        let rows = zip(networks, looks).map { AttentionSheet.Row(name: $0.name, maps: $1.maps) }
        let picture = try looks.first.map { try sheet.sheet(of: $0.view, rows) }
        try picture?.writePNG(to: files.preparedPath(of: path, Self.suffix))
        items += rows.map { Item(file: path, network: $0.name, maps: $0.maps, picture: file) }
        if !json { print(file) }
      } catch  where Self.isOfPicture(error) {
        failures.add("\(error)", of: path)
      }
    }
    if json {
      print(String(decoding: try JSONFormat.document(items), as: UTF8.self), terminator: "")
    }
    try failures.finish(of: pictures.paths.count)
  }

  private static let suffix = "-attention.png"

  /// Whether an error concerns one picture, so that the others can still be shown.
  private static func isOfPicture(_ error: any Error) -> Bool {
    switch error {
    case is ImageError, is DatasetError, is TorchError, TrainingError.tooMuchMemory: true
    default: false
    }
  }

  private func networks(on device: Device) throws -> [DiagnosedNetwork] {
    let registry = CommandContext.current.registry
    let paths = try ([checkpoint] + beside).map(JudgedCheckpoint.checkpoint)
    let description = try JudgedCheckpoint.descriptions(by: recipe, registry: registry)
    let names = DiagnosedNetwork.names(of: paths)
    var networks = try zip(paths, names).map { path, name in
      try DiagnosedNetwork(
        named: name, checkpoint: path, description: description(path), device: device,
        registry: registry)
    }
    if teacher, let path = paths.first {
      networks.append(
        try .teacher(
          named: "ImageNet", ofCheckpoint: path, description: description(path), device: device,
          registry: registry))
    }
    return networks
  }
}
