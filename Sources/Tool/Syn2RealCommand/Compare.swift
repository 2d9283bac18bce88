import Analysis
import ArgumentParsing
import Foundation
import Recipes
import Registry
import Reporting
import Runs
import Tables
import Torch
import Training

/// `syn2real compare`
struct Compare: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Train several methods with several seeds and print one table.",
    discussion: """
      Either one recipe and --methods, each with the settings that the recipe's section 'methods' holds for it (its own \
      method also with those under 'method'), or \
      several recipes as they are. A run that is already finished in the output folder is not repeated, and one that \
      was interrupted continues. Every method is put together once before the first is trained. Systems and seeds that were \
      compared in the folder before stay in the table. Below it stands how the systems differ from the first one: with 95 % \
      intervals, an exact permutation test corrected for the number of systems, and in words. All is written there too, as \
      text, CSV, Markdown and LaTeX, and every figure as JSON. With --leave-one-out this happens once for each domain, in a \
      folder of its name, and one table with a column for each domain and their average is written and printed.
      """)

  @Argument(help: "The recipes, YAML files; exactly one with --methods.", completion: .file())
  var recipes: [String]

  @Option(
    help: .init(
      "The methods, separated by commas: \(Self.methodNames.joined(separator: ", ")).",
      valueName: "list"), completion: .separatedList(Self.methodNames))
  var methods: String?

  @Option(
    help: .init(
      "The seeds, numbers and ranges such as 0-7, separated by commas.", valueName: "list"))
  var seeds = "0,1,2"

  @Option(
    help: .init(
      "Leave out each domain of this folder in its turn: train on the others, select on held-out images of them, judge on it. PACS, VLCS, Office-Home and DomainNet are read as they are published.",
      valueName: "folder"), completion: .directory)
  var leaveOneOut: String?

  @Option(
    name: .customLong("set"),
    help: .init("Set a value of every recipe.", valueName: "key.path=value"),
    completion: .recipeKeys)
  var overrides: [String] = []

  @Option(help: .init("The folder of all runs.", valueName: "folder"), completion: .directory)
  var output = "Runs/compare"

  @Flag(
    help:
      "Accept finished runs and continue others even if the data have changed since."
  )
  var acceptChangedData = false

  @OptionGroup var parallel: JobOptions

  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Print the figures as JSON.")
  var json = false

  private static var methodNames: [String] { CommandContext.current.registry.methodNames }

  func perform() throws {
    let device = try compute.prepare()
    try parallel.requireValid()
    let seeds = try SeedList(self.seeds).values
    let systems = try parsedSystems()
    if let name = systems.map(\.name).firstRepeated {
      throw ValidationError("The system '\(name)' is named twice: a folder holds one run of each.")
    }
    // All recipes are read before the first run, so that a mistake in the last one does not appear after hours.
    let recipes = try systems.map { system in
      try seeds.map { try system.recipe(seed: $0) }
    }
    if let leaveOneOut {
      let named = zip(systems, recipes).map { (name: $0.name, recipes: $1) }
      return try compare(named, leavingOutEachOf: leaveOneOut, on: device)
    }
    let folder = RunFolder(output)
    let comparison = try interruptible { interruption, progress in
      try Comparison(
        zip(systems, recipes).map { ComparedSystem(name: $0.name, recipes: $1, device: device) },
        published: recipes.first?.first?.published, folder: folder,
        acceptsChangedData: acceptChangedData, observers: [progress],
        interruption: interruption,
        making: making(interruption) { name in
          systems.first { $0.name == name }.map { ($0.path, $0.overrides) }
        })
    }
    comparison.remarks.forEach(StandardError.write)
    try comparison.write(into: folder)
    try writeReport(on: comparison, into: folder, device)
    print(json ? try comparison.record.json() : comparison.table.text, terminator: "")
  }

  /// What trains runs in processes of their own, several at once; nil where they are trained one after another in this one.
  /// - Parameter source: the file of a system's recipe and the values that are set in it, the seed aside.
  func making(
    _ interruption: Interruption,
    from source: @escaping (_ system: String) throws -> (path: String, overrides: [String])?
  ) -> (([ComparisonFolder.Run]) throws -> Void)? {
    guard parallel.jobs > 1 else { return nil }
    return { runs in
      let jobs = try runs.compactMap { run in
        try source(run.system).map { job($0.path, $0.overrides, run) }
      }
      try JobRunner(limit: parallel.jobs, interruption: interruption).run(jobs)
    }
  }

  /// The training of one run in a process of its own.
  private func job(_ path: String, _ overrides: [String], _ run: ComparisonFolder.Run) -> Job {
    let values = overrides + ["seed=\(run.seed)"]
    // One report is written on all of them, after the last.
    var arguments = ["train", "--output=\(run.folder.path)", "--no-report"]
    arguments += values.map { "--set=\($0)" }
    if run.folder.holdsCheckpoint { arguments += ["--resume", "auto"] }
    if acceptChangedData { arguments.append("--accept-changed-data") }
    return Job(
      name: "\(run.system)-seed\(run.seed)",
      arguments: arguments + parallel.arguments(compute) + ["--", path])
  }

  /// Writes the report on a comparison.
  func writeReport(
    on comparison: Comparison, into folder: RunFolder, _ device: Device
  ) throws {
    let report = try HTMLReport(
      runs: comparison.folders.map(\.path), table: comparison.table,
      diagnoses: ["\(folder.path)/diagnosis"], pictures: .init(), device: device,
      registry: CommandContext.current.registry)
    try report.write(to: folder.report)
    try report.writeEvents()
  }

  /// A recipe file with its overrides and its name in the table.
  private struct System {
    let name: String
    let path: String
    let overrides: [String]

    func recipe(seed: UInt64) throws -> Recipe {
      try Recipe(
        contentsOf: path, overrides: overrides + ["seed=\(seed)"],
        registry: CommandContext.current.registry)
    }
  }

  private func parsedSystems() throws -> [System] {
    guard let methods else {
      return recipes.map { path in
        System(
          name: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent, path: path,
          overrides: overrides)
      }
    }
    guard let recipe = recipes.first, recipes.count == 1 else {
      throw ValidationError("--methods takes one recipe, not \(recipes.count).")
    }
    let names = methods.commaSeparated
    if let unknown = names.first(where: { !Self.methodNames.contains($0) }) {
      let known = Self.methodNames.joined(separator: ", ")
      throw ValidationError("--methods takes names of \(known), not '\(unknown)'.")
    }
    // The recipe's own method keeps what the recipe says of it.
    let own = try System(name: "", path: recipe, overrides: overrides).recipe(seed: 0).method.name
    return names.map { name in
      System(
        name: name, path: recipe,
        overrides: (name == own ? [] : ["method={name: \(name)}"]) + overrides)
    }
  }
}
