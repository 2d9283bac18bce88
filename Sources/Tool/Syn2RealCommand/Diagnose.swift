import Analysis
import ArgumentParsing
import Backbones
import Foundation
import Generalization
import Inference
import Recipes
import Reporting
import Runs
import Tables
import Torch
import Training

/// `syn2real diagnose`
struct Diagnose: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge the feature space of networks on data.",
    discussion: """
      Prints, for every network, stage and data set, the hyperspherical energy of the features, uniformity, alignment, \
      effective rank and mean cosine, and how far the sets that were trained or selected on lie from the others: maximum \
      mean discrepancy and Fréchet distance. The sets may have other classes than the networks. Table and figures are \
      written too: hypersphere, the features on the unit circle with their density, and scatter, up to 1000 features in \
      the plane by class and set.
      """)

  @Argument(
    help:
      "Runs' folders, for their best checkpoints, or checkpoints; released ones of CSG with --recipe.",
    completion: .file())
  var checkpoints: [String]

  @Option(
    help: .init(
      "A data set, named as in recipes: a folder or a list file; may be repeated.",
      valueName: "path"),
    completion: .directory)
  var data: [String]

  @Option(
    help: .init(
      "Stages whose maps are averaged over space, separated by commas; may be repeated.",
      valueName: "list"), completion: .separatedList(Stage.allCases.map(\.description)))
  var stage = ["layer4"]

  @Option(
    help: .init(
      "Names for the networks, separated by commas; by default taken from their files.",
      valueName: "list"))
  var names: String?

  @Option(
    help: .init(
      "How many images of each set to read, evenly spaced; all by default.", valueName: "count"))
  var limit: Int?

  @Flag(help: "Judge the ImageNet teacher of the first checkpoint too, as the network ImageNet.")
  var teacher = false

  @Option(
    help: .init(
      "The recipe of checkpoints that another program wrote, a YAML file.", valueName: "path"),
    completion: .file())
  var recipe: String?

  @Option(help: .init("Where to write the figures.", valueName: "folder"), completion: .directory)
  var output = "Runs/diagnosis"

  /// The format of the figures.
  enum Figures: String, CaseIterable, ExpressibleByArgument {
    case svg
    case png
    case both
    case none

    var formats: [FigureFormat] {
      switch self {
      case .svg: [.svg]
      case .png: [.png]
      case .both: FigureFormat.allCases
      case .none: []
      }
    }
  }

  @Option(help: "The format of the figures, which gnuplot draws.")
  var figures = Figures.svg

  @Option(help: "How the scatter figure lays features out in the plane.")
  var projection = PlaneLayout.tsne

  @OptionGroup var compute: ComputeOptions

  @OptionGroup var sharing: ProcessOptions

  @Flag(help: "Print the figures as JSON.")
  var json = false

  func perform() throws {
    let stages = try Stage.parsed(stage)
    let checkpoints = try self.checkpoints.map(JudgedCheckpoint.checkpoint)
    let names = try parsedNames(of: checkpoints)
    if let limit, limit < 2 { throw ValidationError("--limit must be at least 2, not \(limit).") }
    if let path = data.firstRepeated {
      throw ValidationError("--data names \(path) twice.")
    }
    try sharing.run(compute) {
      try diagnose(stages, Array(zip(checkpoints, names)), with: $0, on: $1)
    }
  }

  /// Diagnoses, alone or as one of several processes, of which the first tells the figures.
  private func diagnose(
    _ stages: [Stage], _ checkpoints: [(path: String, name: String)], with group: ProcessGroup?,
    on device: Device
  ) throws {
    let isFirst = (group?.rank ?? 0) == 0
    let gnuplot = Result { () throws(PlotError) in try Gnuplot() }
    let isDrawing = isFirst && figures != .none && (try? gnuplot.get()) != nil
    let diagnosis = try Diagnosis(
      of: networks(checkpoints, device), on: data,
      .init(stages: stages, limit: limit, layout: isDrawing ? projection : nil),
      sharedBy: group
    ) {
      if isFirst { StandardError.write($0) }
    }
    try group?.leave()
    guard isFirst else { return }
    if HTMLReport.isDiagnosis(output) { try DiagnosisFigures.removeFormer(from: output) }
    try diagnosis.write(into: RunFolder(output))
    print(json ? try diagnosis.json() : diagnosis.text, terminator: "")
    // The table is printed even if the figures fail.
    if figures != .none {
      try DiagnosisFigures(diagnosis, projection).draw(
        by: gnuplot.get(), as: figures.formats, into: output)
      StandardError.write("The figures are in \(output)")
    }
  }

  private static let teacherName = "ImageNet"

  private func networks(
    _ checkpoints: [(path: String, name: String)], _ device: Device
  ) throws -> [DiagnosedNetwork] {
    let registry = CommandContext.current.registry
    let description = try JudgedCheckpoint.descriptions(by: recipe, registry: registry)
    var networks: [DiagnosedNetwork] = []
    if teacher, let first = checkpoints.first?.path {
      networks.append(
        try .teacher(
          named: Self.teacherName, ofCheckpoint: first, description: description(first),
          device: device, registry: registry))
    }
    for (path, name) in checkpoints {
      networks.append(
        try DiagnosedNetwork(
          named: name, checkpoint: path, description: description(path), device: device,
          registry: registry))
    }
    return networks
  }

  private func parsedNames(of checkpoints: [String]) throws -> [String] {
    if let path = checkpoints.firstRepeated {
      throw ValidationError("The checkpoint \(path) is named twice.")
    }
    let given = names.map(\.commaSeparated) ?? DiagnosedNetwork.names(of: checkpoints)
    guard given.count == checkpoints.count else {
      throw ValidationError(
        "--names takes a name for each of the \(checkpoints.count) checkpoints, not \(given.count)."
      )
    }
    if let name = (given + (teacher ? [Self.teacherName] : [])).firstRepeated {
      throw ValidationError("Two networks are called '\(name)'; tell them apart with --names.")
    }
    return given
  }
}

extension PlaneLayout: ExpressibleByArgument {}
