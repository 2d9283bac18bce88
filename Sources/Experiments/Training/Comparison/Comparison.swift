import Files
import Foundation
import Torch

/// Systems trained with the same seeds, each run made once and reused.
public struct Comparison {
  /// The final figures of every run, seed by seed.
  public let results: [RunResults]
  /// The runs' folders, in the same order.
  public let folders: [RunFolder]
  /// The figures side by side.
  public let table: ComparisonTable
  /// Keeps other processes out of the folder as long as there is a copy of this value.
  private let lock: FileLock

  /// Trains what is not yet finished in `folder`: `NAME-seedSEED` for every system and seed.
  /// - Parameter systems: what the table calls each, and its recipes, one a seed.
  /// - Throws: `TrainingError.inUse` where another process compares in `folder`; `.otherRecipe` where a run's folder holds a run of another recipe; whatever ends a run.
  public init(
    _ systems: [(name: String, recipes: [Recipe])], folder: RunFolder, device: Device,
    observers: [any TrainingObserver] = [], interruption: Interruption = Interruption()
  ) throws {
    lock = try folder.lock()
    var runs: [[RunResults]] = systems.map { _ in [] }
    var results: [RunResults] = []
    var folders: [RunFolder] = []
    // Seed by seed, so that an early look at the table compares like with like.
    for seed in 0..<(systems.map(\.recipes.count).max() ?? 0) {
      for (index, system) in systems.enumerated() where system.recipes.indices.contains(seed) {
        let recipe = system.recipes[seed]
        let runFolder = RunFolder("\(folder.path)/\(system.name)-seed\(recipe.seed)")
        let result = try Self.run(
          recipe, folder: runFolder, device: device, observers: observers,
          interruption: interruption)
        runs[index].append(result)
        results.append(result)
        folders.append(runFolder)
      }
    }
    self.results = results
    self.folders = folders
    let published = systems.first?.recipes.first?.published
    table = ComparisonTable(
      zip(systems, runs).map { system, runs in
        ComparisonTable.System(
          name: system.name, runs: runs,
          published: system.recipes.first.flatMap {
            $0.published?.methods[$0.method.name.rawValue]
          })
      }, published: published)
  }

  /// Writes the table in all its formats, and every run's figures as `comparison.json`.
  /// - Throws: `TrainingError.cannotWrite`.
  public func write(into folder: RunFolder) throws {
    try table.write(into: folder)
    try folder.write(Data(results.json().utf8), to: "\(folder.path)/comparison.json")
  }

  /// The figures of `recipe` in `folder`: read where the run is finished, else trained from the start or from the
  /// last checkpoint of the folder.
  private static func run(
    _ recipe: Recipe, folder: RunFolder, device: Device, observers: [any TrainingObserver],
    interruption: Interruption
  ) throws -> RunResults {
    let experiment = try Experiment(recipe, device: device)
    if let finished = try folder.finishedResults(of: experiment.recipe) { return finished }
    return try Trainer(
      experiment, folder: folder,
      resumingFrom: folder.holdsCheckpoint ? folder.lastCheckpoint : nil,
      observers: observers, interruption: interruption
    ).run()
  }
}
