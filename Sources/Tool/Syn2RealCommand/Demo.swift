import ArgumentParsing
import DemoData
import Foundation
import Processors
import Runs

/// `syn2real demo`
struct Demo: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Make data, train vanilla and CSG on them, and show both side by side.",
    discussion: """
      Takes the first data set that can be made on this machine: drawings → photographs, where the Debian packages \
      openclipart-png and tuxpaint-stamps-default are installed; printed → handwritten digits, where fonts and tables are; \
      drawn streets, which need nothing. Data go to the folder Data, runs, table and report to the output folder. What is \
      there already is not made again, and a demo that was interrupted continues. As many runs are made at once as there are \
      cores, at most \(Self.mostJobs), with one thread each or --threads.
      """)

  @Option(help: "The data set; by default the first that can be made.")
  var data: MakeDataset.Name?

  @Option(
    help: .init(
      "The folder of the runs; by default Runs/demo with -digits, -domains or -segmentation added for these data, and -quick with --quick.",
      valueName: "folder"),
    completion: .directory)
  var output: String?

  @Flag(
    help: "Take ten steps with one seed, to see that everything works: its figures mean nothing.")
  var quick = false

  @Option(
    name: .customLong("set"),
    help: .init("Set a value of the demo's recipe.", valueName: "key.path=value"),
    completion: .recipeKeys)
  var overrides: [String] = []

  @OptionGroup var compute: ComputeOptions

  func perform() throws {
    let data = self.data ?? Self.availableData()
    try MakeDataset.parse([data.rawValue]).perform()
    let plan = Plan(data)
    let folder = RunFolder(output ?? plan.folder + (quick ? "-quick" : ""))
    let seeds = quick ? ["0"] : plan.seeds
    let runs = Self.methods.flatMap { method in
      seeds.map { RunFolder("\(folder.path)/\(method)-seed\($0)") }
    }
    let unfinished = runs.count { !FileManager.default.fileExists(atPath: $0.results) }
    StandardError.write(
      unfinished == 0
        ? "All \(runs.count) runs in \(folder.path) are finished; nothing is trained."
        : "Training \(Self.methods.joined(separator: " and ")), \(unfinished) of \(runs.count) runs, into \(folder.path)."
    )
    let cores = Processors.count
    let jobs = quick ? 1 : min(runs.count, Self.mostJobs, cores)
    var arguments = ["--output=\(folder.path)", "--device=\(compute.device)"]
    arguments += ["--jobs", String(jobs)]
    arguments += ["--methods", Self.methods.joined(separator: ",")]
    arguments += ["--seeds", seeds.joined(separator: ",")]
    // Several runs of one thread are faster than one of several, and give the same figures on two cores and on eight.
    if let threads = compute.threads ?? (jobs > 1 ? 1 : nil) {
      arguments += ["--threads", String(threads)]
    }
    arguments += ((quick ? Self.quickSettings : []) + overrides).map { "--set=\($0)" }
    try Compare.parse(arguments + ["--", plan.recipe]).perform()
    print("Report: \(folder.report)")
  }

  private static let methods = ["vanilla", "csg"]
  /// Each run takes about a gigabyte.
  private static let mostJobs = 8
  private static let quickSettings = [
    "train.iterations=10", "schedule.warmup=2", "evaluate.every=10",
  ]

  /// What is trained on a data set.
  private struct Plan {
    let recipe: String
    let folder: String
    let seeds: [String]

    init(_ data: MakeDataset.Name) {
      switch data {
      case .drawingsPhotographs:
        (recipe, folder, seeds) = ("photographs", "Runs/demo", (20..<28).map(String.init))
      case .digits: (recipe, folder, seeds) = ("digits", "Runs/demo-digits", ["0", "1", "2"])
      case .domains: (recipe, folder, seeds) = ("domains", "Runs/demo-domains", ["0", "1", "2"])
      case .streets:
        (recipe, folder, seeds) = ("streets", "Runs/demo-segmentation", (20..<28).map(String.init))
      }
    }
  }

  /// The first data set that can be made; if it is not the one with photographs, says what that one needs.
  private static func availableData() -> MakeDataset.Name {
    let missing = DrawingsPhotographs.missingPackages
    if missing.isEmpty { return .drawingsPhotographs }
    let other = Digits.canBeMade ? MakeDataset.Name.digits : .streets
    StandardError.write(
      "Drawings and photographs are in Debian packages that are not installed here; get them with 'apt-get install "
        + missing.joined(separator: " ") + "'. The demo goes on with \(other.rawValue).")
    return other
  }
}
