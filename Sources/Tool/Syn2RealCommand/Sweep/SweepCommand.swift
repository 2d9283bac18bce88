import Analysis
import ArgumentParsing
import Datasets
import Foundation
import Recipes
import Registry
import Runs
import Torch
import Training

/// `syn2real sweep`
struct SweepCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Choose values of a recipe on held-out synthetic images alone.",
    discussion: """
      Each combination of the values is a trial; with --random so many are drawn. All train for a short while, the best part of \
      them on to a few times that length, and so on to the full length (successive halving); the best of the last round on \
      held-out synthetic images is chosen, the earlier one of two equal ones. Real and unseen images are left out, so that no \
      figure on them can have a say. A sweep that was stopped or killed goes on when its command is repeated, and chooses the \
      same. The output folder gets the trials' runs, sweep.json, sweep.txt and the chosen recipe as chosen.yaml.
      """)

  @Argument(help: "The recipe, a YAML file.", completion: .file())
  var recipe: String

  @Option(
    parsing: .upToNextOption,
    help: .init(
      "The values to try: method.lambda=0.05,0.2,1 optimizer.lr=0.005,0.01; with --random also ranges, optimizer.lr=0.001..0.1.",
      valueName: "key.path=values"), completion: .recipeKeys)
  var grid: [String] = []

  @Option(help: .init("Draw so many combinations instead of trying all.", valueName: "count"))
  var random: Int?

  @Option(
    help: .init(
      "Of so many trials one goes on to the next round; with 1 all train to the end.",
      valueName: "number"))
  var reduction = 3

  @Option(
    name: .customLong("set"),
    help: .init("Set a value of the recipe.", valueName: "key.path=value"), completion: .recipeKeys)
  var overrides: [String] = []

  @Option(
    help: .init("The folder of the trials.", valueName: "folder"),
    completion: .directory)
  var output = "Runs/sweep"

  @OptionGroup var parallel: JobOptions

  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Print the trials as JSON.")
  var json = false

  func perform() throws {
    let device = try compute.prepare()
    try parallel.requireValid()
    let grid = try SweepGrid(self.grid)
    guard reduction >= 1 else {
      throw ValidationError("--reduction must be at least 1, not \(reduction).")
    }
    let base = try resolved(with: [])
    let combinations = try settings(of: grid, seed: base.seed)
    let folder = RunFolder(output)
    var sweep = try Sweep(try record(base, combinations, device), in: folder)
    let chosen = try interruptible { interruption, _ in
      try sweep.run { steps in
        for step in steps {
          StandardError.write("\(step.trial.name): \(Self.description(of: step.trial))")
        }
        let failures = try JobRunner(limit: parallel.jobs, interruption: interruption)
          .failures(of: steps.map(job))
        return Dictionary(failures.map { ($0.name, $0.reason) }) { first, _ in first }
      }
    }
    let settings = chosen.settings.map(\.assignment)
    let table = SweepTable(sweep.record).text
    try folder.write(Data(table.utf8), to: "\(output)/sweep.txt")
    let path = "\(output)/chosen.yaml"
    try folder.write(Data(resolved(with: settings).text().utf8), to: path)
    if json {
      print(try sweep.record.json(), terminator: "")
    } else {
      print(table, terminator: "")
      print(
        "Chosen on held-out synthetic images alone: \(Self.description(of: chosen)), in \(path)")
    }
  }

  private static func description(of trial: SweepRecord.Trial) -> String {
    trial.settings.map(\.assignment).joined(separator: ", ")
  }

  private func settings(of grid: SweepGrid, seed: UInt64) throws -> [[SweepRecord.Setting]] {
    guard let random else { return try grid.combinations() }
    guard (1...1000).contains(random) else {
      throw ValidationError("--random must be from 1 to 1000, not \(random).")
    }
    return grid.draws(random, seed: seed)
  }

  /// The sweep before its first step. Every trial is put together, so that a value that one of them cannot have is known
  /// before hours of training.
  private func record(
    _ base: Recipe, _ combinations: [[SweepRecord.Setting]], _ device: Device
  ) throws -> SweepRecord {
    guard !base.data.heldOut.isEmpty || base.data.heldOutFraction != nil else {
      throw ValidationError(
        "a sweep chooses on held-out synthetic images, and \(recipe) has none: set data.held_out or data.held_out_fraction."
      )
    }
    let rounds = SuccessiveHalving(trials: combinations.count, reduction: reduction)
    var data: [DatasetFingerprint]?
    let trials = try combinations.enumerated().map { number, settings in
      let experiment = try Experiment(
        resolved(with: settings.map(\.assignment) + Self.blinders), device: device)
      if data == nil { data = experiment.dataFingerprints }
      return SweepRecord.Trial(
        name: "trial-\(number + 1)", settings: settings,
        ends: rounds.ends(of: experiment.iterations, isJudged: experiment.isEvaluationDue(after:)),
        averageSelection: experiment.averageSelectionRule)
    }
    return SweepRecord(recipe: try base.text(), data: data, reduction: reduction, trials: trials)
  }

  /// What keeps a trial from looking at any image but synthetic ones.
  private static let blinders = ["data.real=[]", "data.unseen=[]", "evaluate.selection=source"]

  private func resolved(with settings: [String]) throws -> Recipe {
    try Recipe(
      contentsOf: recipe, overrides: overrides + settings,
      registry: CommandContext.current.registry)
  }

  /// The training of a trial to the end of its round, in a process of its own.
  private func job(_ step: Sweep.Step) -> Job {
    let values = overrides + step.trial.settings.map(\.assignment) + Self.blinders
    var arguments = ["train", "--output=\(step.folder.path)"] + values.map { "--set=\($0)" }
    if step.folder.holdsCheckpoint { arguments += ["--resume", "auto"] }
    if let end = step.end { arguments += ["--until", "\(end)"] }
    return Job(
      name: step.trial.name, arguments: arguments + parallel.arguments(compute) + ["--", recipe])
  }
}
