import Analysis
import ArgumentParsing
import Foundation
import Recipes
import Reporting
import Runs
import Torch
import Training

/// `syn2real train`
struct Train: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network from a recipe.",
    discussion: """
      Results go to standard output, progress to standard error, and everything to the run's folder: metrics, \
      evaluations, checkpoints, and the recipe with every default filled in.
      """)

  @Argument(help: "The recipe, a YAML file.", completion: .file())
  var recipe: String

  @Option(
    name: .customLong("set"),
    help: .init("Set a value of the recipe.", valueName: "key.path=value"), completion: .recipeKeys)
  var overrides: [String] = []

  @Option(help: .init("The run's folder.", valueName: "folder"), completion: .directory)
  var output: String?

  @Option(
    help: .init(
      "Continue from a checkpoint: auto for the folder's last one, or a path.",
      valueName: "auto|path"),
    completion: .file())
  var resume: String?

  @Flag(help: "Continue even if the data have changed since the run began.")
  var acceptChangedData = false

  @Flag(
    help:
      "With --resume: accept another train.epochs or train.iterations, to train a run for longer; the schedule then spans the new length."
  )
  var extend = false

  @Option(
    help: .init(
      "Stop after so many iterations, with a checkpoint; --resume auto goes on as if the run had never stopped.",
      valueName: "iterations"))
  var until: Int?

  @OptionGroup var compute: ComputeOptions

  @Option(
    help: .init("Write the state before the first step, as safetensors.", valueName: "path"),
    completion: .file())
  var saveInitial: String?

  @Flag(
    help:
      "Show what a run would do and take: data, steps, parameters, time and memory, measured in a few steps; write nothing into its folder."
  )
  var dryRun = false

  @Flag(help: "Print the final figures as JSON.")
  var json = false

  func perform() throws {
    let device = try compute.prepare()
    if let until, until < 1 { throw ValidationError("--until must be at least 1, not \(until).") }
    let recipe = try Recipe(
      contentsOf: recipe, overrides: overrides, registry: CommandContext.current.registry)
    let folder = RunFolder(output ?? defaultFolder(recipe))
    let checkpoint = try checkpointToResume(folder)
    let experiment = try Experiment(recipe, device: device)
    if let saveInitial { try Checkpoint.writeStart(of: experiment, to: saveInitial) }
    if dryRun {
      print(try DryRun(of: experiment, recipe), terminator: "")
      return
    }
    let results = try interruptible { interruption, progress in
      try train(experiment, folder, from: checkpoint, interruption, progress)
    }
    guard let results else { return }
    try HTMLReport(
      runs: [folder.path], diagnoses: ["\(folder.path)/diagnosis"], pictures: .init(),
      device: device, registry: CommandContext.current.registry
    ).write(to: folder.report)
    print(json ? try [results].json() : ComparisonTable(of: [results]).text, terminator: "")
  }

  /// The figures of the run; nil where it was to stop before its end.
  private func train(
    _ experiment: Experiment, _ folder: RunFolder, from checkpoint: String?,
    _ interruption: Interruption, _ progress: ProgressReporter
  ) throws -> RunResults? {
    let pause = until.map { Pause(after: $0, interruption) }
    var observers: [any TrainingObserver] = [progress]
    if let pause { observers.append(pause) }
    do {
      return try Trainer(
        experiment, folder: folder, resumingFrom: checkpoint,
        acceptsChangedData: acceptChangedData, extends: extend,
        observers: observers, interruption: interruption
      ).run()
    } catch TrainingError.interrupted(let iteration, let checkpoint) where pause?.isReached == true
    {
      progress.endLine()
      StandardError.write("stopped after iteration \(iteration) as asked; \(checkpoint) holds it")
      return nil
    }
  }

  /// `Runs/RECIPE-seedSEED`.
  private func defaultFolder(_ recipe: Recipe) -> String {
    let name = URL(fileURLWithPath: self.recipe).deletingPathExtension().lastPathComponent
    return "Runs/\(name)-seed\(recipe.seed)"
  }

  private func checkpointToResume(_ folder: RunFolder) throws -> String? {
    guard let resume else {
      guard !extend else {
        throw ValidationError("--extend is for a run that goes on; add --resume auto.")
      }
      return nil
    }
    let path = resume == "auto" ? folder.lastCheckpoint : resume
    guard FileManager.default.fileExists(atPath: path) else {
      throw TrainingError.nothingToResume(path: path)
    }
    return path
  }
}
