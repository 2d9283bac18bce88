import Foundation
import Runs
import Tables

/// The folder of a comparison: a run folder `NAME-seedSEED` for every system and seed.
public struct ComparisonFolder {
  /// A run of a comparison.
  public struct Run {
    /// The name of its system in the table.
    public let system: String
    /// Its seed.
    public let seed: UInt64
    /// Its folder.
    public let folder: RunFolder
  }

  private let folder: RunFolder

  /// The comparison in `folder`.
  public init(_ folder: RunFolder) {
    self.folder = folder
  }

  /// Where the run of a system with a seed lies.
  func folder(of system: String, seed: UInt64) -> RunFolder {
    RunFolder("\(folder.path)/\(system)-seed\(seed)")
  }

  /// The runs, finished or not, in the order of the table, each system's by their seeds; none where there are none.
  public var runs: [Run] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let runs = names.compactMap { name -> Run? in
      guard let match = name.wholeMatch(of: /(.+)-seed([0-9]+)/), let seed = UInt64(match.2) else {
        return nil
      }
      let run = RunFolder("\(folder.path)/\(name)")
      guard FileManager.default.fileExists(atPath: run.environment) else { return nil }
      return Run(system: String(match.1), seed: seed, folder: run)
    }
    let order = systems
    func key(_ run: Run) -> (Int, String, UInt64) {
      (order.firstIndex(of: run.system) ?? order.count, run.system, run.seed)
    }
    return runs.sorted { key($0) < key($1) }
  }

  /// The names of the systems in the order of the table as it was last written; the others are compared with the first.
  var systems: [String] {
    let data = FileManager.default.contents(atPath: systemsFile) ?? Data()
    return (try? JSONFormat.decode([String].self, from: data)) ?? []
  }

  /// Writes the order of the table.
  func write(systems: [String]) throws {
    try folder.write(JSONFormat.document(systems), to: systemsFile)
  }

  /// The order of a table with the systems `named`: theirs where they are all that there are, else those that were there before
  /// keep their places, so that the first one stays the one that the others are compared with.
  func order(with named: [String]) -> [String] {
    let former = runs.map(\.system).uniqued
    guard !former.allSatisfy(named.contains) else { return named }
    return former + named.filter { !former.contains($0) }
  }

  private var systemsFile: String { "\(folder.path)/systems.json" }
}
