import ArgumentParsing
import Foundation
import Reporting
import Torch
import Training

/// `syn2real compare`
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train several recipes with several seeds and print one table.",
    discussion: """
      A run that is already finished in the output folder is not repeated, and one that was interrupted goes on.
      """)

  @Argument(help: "The recipes, YAML files; a row of the table each.", completion: .file())
  var recipes: [String]

  @Option(help: .init("The seeds, with commas between.", valueName: "list"))
  var seeds = "0,1,2"

  @Option(
    name: .customLong("set"),
    help: .init("Set a value of every recipe.", valueName: "key.path=value"))
  var overrides: [String] = []

  @Option(help: .init("The folder of all runs.", valueName: "folder"), completion: .directory)
  var output = "Runs/compare"

  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Print the figures as JSON.")
  var json = false

  func run() throws {
    let device = try compute.prepare()
    let seeds = try parsedSeeds()
    var folders: [RunFolder] = []
    let results = try interruptible { interruption in
      try seeds.flatMap { seed in
        try recipes.map { path in
          let recipe = try Recipe(contentsOf: path, overrides: overrides + ["seed=\(seed)"])
          let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
          let folder = RunFolder("\(output)/\(name)-seed\(seed)")
          folders.append(folder)
          return try Comparison.run(
            recipe, folder: folder, device: device, observers: [ProgressReporter()],
            interruption: interruption)
        }
      }
    }
    try HTMLReport(runs: folders.map(\.path)).write(to: RunFolder(output).report)
    print(json ? try results.json() : ResultsTable.text(results), terminator: "")
  }

  private func parsedSeeds() throws -> [UInt64] {
    try seeds.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let seed = UInt64(text.trimmingCharacters(in: .whitespaces)) else {
        throw ValidationError("--seeds takes whole numbers with commas between, not '\(seeds)'.")
      }
      return seed
    }
  }
}
