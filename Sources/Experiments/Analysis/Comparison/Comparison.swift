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
  /// The systems with their runs, in the order of the table.
  public let systems: [ComparisonTable.System]
  /// Keeps other processes out of the folder for as long as a copy of this value exists.
  private let lock: FileLock

  /// Trains what is not yet finished in `folder`: `NAME-seedSEED` for every system and seed.
  ///
  /// First every system is put together once, so that what one of them lacks is known before hours of training. Systems and
  /// seeds that were compared in the folder before stay in the table with their finished runs.
  /// - Parameters:
  ///   - systems: the systems; the others are compared with the first.
  ///   - published: where the published figures come from.
  ///   - acceptsChangedData: whether to accept finished runs whose data have changed since.
  ///   - making: makes the runs that are not finished, given seed by seed; what it leaves open is made one after another in
  ///     this process.
  /// - Throws: `TrainingError.otherRecipe` where a run's folder holds a run of another recipe, `.dataChanged` where it holds
  ///   a run on other data; any error that ends a run.
  public init(
    _ systems: [ComparedSystem], published: PublishedFigures? = nil, folder: RunFolder,
    acceptsChangedData: Bool = false, observers: [any TrainingObserver] = [],
    interruption: Interruption = Interruption(),
    making: (([ComparisonFolder.Run]) throws -> Void)? = nil
  ) throws {
    lock = try folder.lock()
    let place = ComparisonFolder(folder)
    let planned = Self.planned(systems, in: place)
    try Self.check(systems, in: place)
    // Now, since an interrupted comparison must know its first system too.
    try place.write(systems: place.order(with: systems.map(\.name)))
    try making?(planned.map(\.place).filter { !$0.folder.holdsResults })
    var found = FoundRuns(acceptsChangedData: acceptsChangedData)
    var recipes: [String: any RunRecipe] = [:]
    for (run, place) in planned {
      let experiment = try run.experiment()
      recipes[place.system] = experiment.recipe
      let result = try Self.results(
        of: experiment, in: place.folder, acceptsChangedData: acceptsChangedData,
        observers: observers, interruption: interruption)
      try found.add(result, of: place)
    }
    var remarks: [String] = []
    for run in place.runs where !found.holds(run) {
      do {
        guard let result = try run.folder.finishedResults() else { continue }
        try recipes[run.system]?.requireSameButSeed(run.folder)
        try found.add(result, of: run)
      } catch {
        remarks.append("left \(run.folder.path) out of the table: \(error)")
      }
    }
    let order = place.order(with: systems.map(\.name)).filter(found.systems.contains)
    let entries = Dictionary(
      systems.map { ($0.name, $0.published) }, uniquingKeysWith: { first, _ in first })
    let compared = order.map { name in
      ComparisonTable.System(
        name: name, runs: found.runs(of: name),
        published: entries[name]
          ?? found.runs(of: name).first
          .flatMap { published?.methods[$0.method] },
        outcomes: found.outcomes(of: name))
    }
    self.systems = compared
    results = found.results
    folders = found.folders
    self.remarks = remarks
    table = ComparisonTable(compared, published: published)
  }

  /// The runs of the systems with their folders, seed by seed, so that an early look at the table compares like with like.
  private static func planned(
    _ systems: [ComparedSystem], in place: ComparisonFolder
  ) -> [(run: ComparedSystem.Run, place: ComparisonFolder.Run)] {
    (0..<(systems.map(\.runs.count).max() ?? 0)).flatMap { number in
      systems.compactMap { system in
        guard system.runs.indices.contains(number) else { return nil }
        let run = system.runs[number]
        return (
          run,
          ComparisonFolder.Run(
            system: system.name, seed: run.seed,
            folder: place.folder(of: system.name, seed: run.seed))
        )
      }
    }
  }

  /// Puts one run of every system together that is not finished, without training it.
  private static func check(_ systems: [ComparedSystem], in place: ComparisonFolder) throws {
    for system in systems {
      let open = system.runs.first { !place.folder(of: system.name, seed: $0.seed).holdsResults }
      if let open { _ = try open.experiment() }
    }
  }

  /// Writes the table in all its formats, and every figure as `comparison.json`.
  /// - Throws: `TrainingError.cannotWrite`.
  public func write(into folder: RunFolder) throws {
    try table.write(into: folder)
    try ComparisonFolder(folder).write(systems: systems.map(\.name))
    try folder.write(Data(record.json().utf8), to: folder.comparison)
  }

  /// All figures: those of the runs, and how the systems differ.
  public var record: ComparisonRecord {
    ComparisonRecord(
      runs: results, differences: table.differences, statements: table.statements)
  }

  /// The figures of a run in `folder`: read where it is finished, else trained from the start or from the last checkpoint of
  /// the folder.
  private static func results(
    of experiment: Experiment, in folder: RunFolder, acceptsChangedData: Bool,
    observers: [any TrainingObserver], interruption: Interruption
  ) throws -> RunResults {
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
}

extension RunRecipe {
  /// Checks that the run in a folder, whose seed may be another, took its other values from the same recipe.
  /// - Throws: `TrainingError.otherRecipe`.
  fileprivate func requireSameButSeed(_ folder: RunFolder) throws {
    let text = String(decoding: try RunFolder.content(of: folder.recipe), as: UTF8.self)
    let differences = try differences(from: text, source: folder.recipe)
      .filter { $0.key != "seed" }
    guard differences.isEmpty else {
      throw TrainingError.otherRecipe(
        path: folder.path, differences: differences.map(\.description), isOfLength: false)
    }
  }
}
