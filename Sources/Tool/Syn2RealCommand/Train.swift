import Analysis
import ArgumentParsing
import Foundation
import Inference
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

  @OptionGroup var sharing: ProcessOptions

  @Option(
    help: .init("Write the state before the first step, as safetensors.", valueName: "path"),
    completion: .file())
  var saveInitial: String?

  @Flag(
    help:
      "Show what a run would do and take: data, steps, parameters, time and memory, measured in a few steps; write nothing into its folder."
  )
  var dryRun = false

  @Flag(
    help: "Write neither report.html, which 'report' makes later, nor pictures for TensorBoard.")
  var noReport = false

  @Flag(help: "Print the final figures as JSON.")
  var json = false

  func perform() throws {
    if let until, until < 1 { throw ValidationError("--until must be at least 1, not \(until).") }
    if dryRun {
      guard case .alone = try sharing.part() else {
        throw ValidationError("--dry-run measures one process; leave out --processes.")
      }
    }
    try sharing.run(compute, train)
  }

  /// Trains, alone or as one of several processes.
  private func train(with group: ProcessGroup?, on device: Device) throws {
    let isFirst = (group?.rank ?? 0) == 0
    let recipe = try Recipe(
      contentsOf: recipe, overrides: overrides, registry: CommandContext.current.registry)
    let folder = RunFolder(output ?? defaultFolder(recipe))
    let checkpoint = try checkpointToResume(folder)
    let experiment = try Experiment(recipe, device: device)
    if let saveInitial, isFirst {
      let description = recipe.networkDescription
      let weights = try description.firstWeights.path(for: description.backbone)
      try OutputError.requireOther(checkpoint, weights, than: saveInitial)
      try Checkpoint.writeStart(of: experiment, to: saveInitial)
    }
    if dryRun {
      print(try DryRun(of: experiment, recipe), terminator: "")
      return
    }
    if let checkpoint, let reached = try iterationReached(by: checkpoint),
      reached < experiment.iterations
    {
      if isFirst { StandardError.write("\(checkpoint) is at iteration \(reached) already") }
      try group?.leave()
      return
    }
    if isFirst, let advice = recipe.train.precisionAdvice(on: device) {
      StandardError.write(advice)
    }
    let results = try interruptible(
      isTold: isFirst,
      goingOnBy: JobTie.isTied ? "the same command goes on" : "go on with --resume auto"
    ) { interruption, progress in
      try train(experiment, folder, from: checkpoint, interruption, progress, with: group)
    }
    guard let results, isFirst else { return }
    if !noReport {
      let report = try HTMLReport(
        runs: [folder.path], diagnoses: ["\(folder.path)/diagnosis"], pictures: .init(),
        device: device, registry: CommandContext.current.registry)
      try report.write(to: folder.report)
      try report.writeEvents()
    }
    print(json ? try [results].json() : ComparisonTable(of: [results]).text, terminator: "")
  }

  /// The figures of the run; nil where it was to stop before its end.
  private func train(
    _ experiment: Experiment, _ folder: RunFolder, from checkpoint: String?,
    _ interruption: Interruption, _ progress: ProgressReporter, with group: ProcessGroup?
  ) throws -> RunResults? {
    let pause = until.map { Pause(after: $0, interruption) }
    let rank = group?.rank ?? 0
    var observers: [any TrainingObserver] = [rank == 0 ? progress : RankReporter(rank: rank)]
    if let pause { observers.append(pause) }
    do {
      return try Trainer(
        experiment, folder: folder, resumingFrom: checkpoint,
        acceptsChangedData: acceptChangedData, extends: extend,
        observers: observers, interruption: interruption, processes: group
      ).run()
    } catch TrainingError.interrupted(let iteration, let checkpoint) where pause?.isReached == true
    {
      guard rank == 0 else { return nil }
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

  /// The number of steps of a checkpoint that is as far as the run is to come, or farther; nil where it is not. A run at its end
  /// takes no further step anyway, and may lack its figures.
  private func iterationReached(by checkpoint: String) throws -> Int? {
    guard let until else { return nil }
    let iteration = try Checkpoint(contentsOf: checkpoint).iteration
    return iteration < until ? nil : iteration
  }

  /// The checkpoint to go on from. A program that starts processes, if only one, starts them again after a fault with the same
  /// arguments as at first, when there was nothing to go on from.
  private func checkpointToResume(_ folder: RunFolder) throws -> String? {
    guard let resume else {
      guard !extend else {
        throw ValidationError("--extend is for a run that goes on; add --resume auto.")
      }
      return nil
    }
    let path = resume == "auto" ? folder.lastCheckpoint : resume
    guard FileManager.default.fileExists(atPath: path) else {
      let environment = ProcessInfo.processInfo.environment
      if resume == "auto", ProcessPlace.isSaid(in: environment) { return nil }
      throw TrainingError.nothingToResume(path: path)
    }
    return path
  }
}
