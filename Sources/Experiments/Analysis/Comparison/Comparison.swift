import Files
import Foundation
import Runs
import Training

/// Systems trained with the same seeds, each run made once and reused.
public struct Comparison {
  /// The final figures of every run, seed by seed.
  public let results: [RunResults]
  /// The runs' folders, in the same order.
  public let folders: [RunFolder]
  /// The figures side by side.
  public let table: ComparisonTable
  /// What was left out of the table, in sentences.
  public let remarks: [String]
  /// The names of the systems, in the order of the table.
  private let systems: [String]
  /// Keeps other processes out of the folder for as long as a copy of this value exists.
  private let lock: FileLock

  /// Trains what is not yet finished in `folder`: `NAME-seedSEED` for every system and seed.
  ///
  /// First every system is put together once, so that what one of them lacks is known before hours of training. Systems that
  /// were compared in the folder before stay in the table with their finished runs.
  /// - Parameters:
  ///   - systems: the systems; the others are compared with the first.
  ///   - published: where the published figures come from.
  ///   - acceptsChangedData: whether to accept finished runs whose data have changed since.
  /// - Throws: `TrainingError.otherRecipe` where a run's folder holds a run of another recipe, `.dataChanged` where it holds
  ///   a run on other data; any error that ends a run.
  public init(
    _ systems: [ComparedSystem], published: PublishedFigures? = nil, folder: RunFolder,
    acceptsChangedData: Bool = false, observers: [any TrainingObserver] = [],
    interruption: Interruption = Interruption()
  ) throws {
    lock = try folder.lock()
    let place = ComparisonFolder(folder)
    try Self.check(systems, in: place)
    var runs: [[RunResults]] = systems.map { _ in [] }
    var results: [RunResults] = []
    var folders: [RunFolder] = []
    // Seed by seed, so that an early look at the table compares like with like.
    for number in 0..<(systems.map(\.runs.count).max() ?? 0) {
      for (index, system) in systems.enumerated() where system.runs.indices.contains(number) {
        let run = system.runs[number]
        let runFolder = place.folder(of: system.name, seed: run.seed)
        let result = try Self.results(
          of: run, in: runFolder, acceptsChangedData: acceptsChangedData, observers: observers,
          interruption: interruption)
        if !acceptsChangedData { try Self.requireSameData(result, runFolder, as: results, folders) }
        runs[index].append(result)
        results.append(result)
        folders.append(runFolder)
      }
    }
    let named = systems.map(\.name)
    var compared = zip(systems, runs).map { system, runs in
      ComparisonTable.System(name: system.name, runs: runs, published: system.published)
    }
    var remarks: [String] = []
    for run in place.runs where !named.contains(run.system) {
      do {
        guard let result = try run.folder.finishedResults() else { continue }
        if !acceptsChangedData {
          try Self.requireSameData(result, run.folder, as: results, folders)
        }
        let entry = published?.methods[result.method]
        let known = compared.firstIndex { $0.name == run.system }
        let others = known.map { compared.remove(at: $0).runs } ?? []
        compared.append(
          ComparisonTable.System(name: run.system, runs: others + [result], published: entry))
        results.append(result)
        folders.append(run.folder)
      } catch {
        remarks.append("left \(run.folder.path) out of the table: \(error)")
      }
    }
    let order = place.order(with: named)
    compared.sort {
      (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0)
    }
    self.systems = compared.map(\.name)
    self.results = results
    self.folders = folders
    self.remarks = remarks
    table = ComparisonTable(compared, published: published)
  }

  /// Puts one run of every system together that is not finished, without training it.
  private static func check(_ systems: [ComparedSystem], in place: ComparisonFolder) throws {
    for system in systems {
      let open = system.runs.first {
        !FileManager.default.fileExists(
          atPath: place.folder(of: system.name, seed: $0.seed).results)
      }
      if let open { _ = try open.experiment() }
    }
  }

  /// Writes the table in all its formats, and every run's figures as `comparison.json`.
  /// - Throws: `TrainingError.cannotWrite`.
  public func write(into folder: RunFolder) throws {
    try table.write(into: folder)
    try ComparisonFolder(folder).write(systems: systems)
    try folder.write(Data(results.json().utf8), to: "\(folder.path)/comparison.json")
  }

  /// The figures of `run` in `folder`: read where the run is finished, else trained from the start or from the
  /// last checkpoint of the folder.
  private static func results(
    of run: ComparedSystem.Run, in folder: RunFolder, acceptsChangedData: Bool,
    observers: [any TrainingObserver], interruption: Interruption
  ) throws -> RunResults {
    let experiment = try run.experiment()
    if let finished = try experiment.finishedResults(
      in: folder, acceptsChangedData: acceptsChangedData)
    {
      return finished
    }
    return try Trainer(
      experiment, folder: folder,
      resumingFrom: folder.holdsCheckpoint ? folder.lastCheckpoint : nil,
      acceptsChangedData: acceptsChangedData, observers: observers, interruption: interruption
    ).run()
  }

  /// Checks that a run was evaluated on the same data as the runs before it: data may change during a comparison.
  private static func requireSameData(
    _ run: RunResults, _ folder: RunFolder, as earlier: [RunResults], _ folders: [RunFolder]
  ) throws(TrainingError) {
    for (other, otherFolder) in zip(earlier, folders) {
      try RunData(run.data, listedAt: folder.data).requireSame(
        as: other.data, of: otherFolder.results, listing: otherFolder.data)
    }
  }
}
