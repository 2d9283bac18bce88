import Foundation
import Messages

/// The files of a run (DESIGN.md, "A run's folder").
public struct RunFolder: Sendable, Equatable {
  /// The folder.
  public let path: String

  /// A run's folder, there or not.
  public init(_ path: String) {
    self.path = path
  }

  /// The resolved recipe.
  public var recipe: String { path + "/recipe.yaml" }
  /// Versions, device, seed and command line.
  public var environment: String { path + "/environment.json" }
  /// One line a step.
  public var metrics: String { path + "/metrics.jsonl" }
  /// One line an evaluation.
  public var evaluations: String { path + "/evaluations.jsonl" }
  /// The final figures.
  public var results: String { path + "/results.json" }
  /// Every file of the data sets, as they lay there when the run began.
  public var data: String { path + "/data.tsv" }
  /// Figures and curves for people.
  public var report: String { path + "/report.html" }
  /// The newest checkpoint.
  public var lastCheckpoint: String { path + "/checkpoints/last.safetensors" }
  /// The checkpoint that the selection rule chose.
  public var bestCheckpoint: String { path + "/checkpoints/best.safetensors" }

  /// Whether there is a run here that is worth keeping: one that stopped before its first checkpoint can only be
  /// begun anew.
  public var holdsRun: Bool { holdsCheckpoint || FileManager.default.fileExists(atPath: results) }
  /// Whether there is a checkpoint to go on from.
  public var holdsCheckpoint: Bool { FileManager.default.fileExists(atPath: lastCheckpoint) }

  /// The figures of the run that was finished here; nil where none was.
  /// - Throws: `TrainingError.damagedResults`.
  package func finishedResults() throws -> RunResults? {
    guard let data = FileManager.default.contents(atPath: results) else { return nil }
    do {
      return try JSONDecoder().decode(RunResults.self, from: data)
    } catch {
      throw TrainingError.damagedResults(path: results, reason: decodingReason(of: error))
    }
  }

  /// Makes the folder.
  /// - Throws: `TrainingError.cannotWrite`.
  package func create() throws {
    try attempt(path) {
      try FileManager.default.createDirectory(
        atPath: path + "/checkpoints", withIntermediateDirectories: true)
    }
  }

  /// Makes the folder with nothing in it.
  /// - Throws: `TrainingError.cannotWrite`.
  public func createAlone() throws {
    try attempt(path) {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  /// Writes a small file whole or not at all.
  /// - Throws: `TrainingError.cannotWrite`.
  package func write(_ data: Data, to file: String) throws {
    try attempt(file) { try data.write(to: URL(fileURLWithPath: file), options: .atomic) }
  }

  private func attempt(_ file: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      throw TrainingError.cannotWrite(path: file, reason: systemReason(of: error))
    }
  }
}
