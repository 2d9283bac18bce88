import Files
import Foundation

/// The files of a run (the article RunFolder.md).
public struct RunFolder: Sendable, Equatable {
  /// The folder.
  public let path: String

  /// The folder of a run, which need not exist yet.
  public init(_ path: String) {
    self.path = path
  }

  /// The resolved recipe.
  public var recipe: String { path + "/recipe.yaml" }
  /// Versions, device, seed and command line.
  public var environment: String { path + "/environment.json" }
  /// One line per step.
  public var metrics: String { path + "/metrics.jsonl" }
  /// One line per evaluation.
  public var evaluations: String { path + "/evaluations.jsonl" }
  /// The final figures.
  public var results: String { path + "/results.json" }
  /// What the network of the final figures said of every image.
  public var predictions: String { path + "/predictions.jsonl" }
  /// All figures of a comparison, in the folder of one.
  public var comparison: String { path + "/comparison.json" }
  /// Every file of the data sets, as they were when the run began.
  public var data: String { path + "/data.tsv" }
  /// Figures and curves for people.
  public var report: String { path + "/report.html" }
  /// The newest checkpoint.
  public var lastCheckpoint: String { checkpoints + "/last.safetensors" }
  /// The checkpoint that the selection rule chose.
  public var bestCheckpoint: String { checkpoints + "/best.safetensors" }
  /// The averaged weights that the selection rule chose, where weights are averaged.
  public var averageCheckpoint: String { checkpoints + "/average.safetensors" }
  private var checkpoints: String { path + "/checkpoints" }

  /// Whether the folder holds a run worth keeping: a run that stopped before its first checkpoint can only be started again.
  public var holdsRun: Bool { holdsCheckpoint || holdsResults }
  /// Whether a run was finished here.
  public var holdsResults: Bool { FileManager.default.fileExists(atPath: results) }
  /// Whether there is a checkpoint to continue from.
  public var holdsCheckpoint: Bool { FileManager.default.fileExists(atPath: lastCheckpoint) }

  /// Creates the folder and keeps other processes out of it until the lock is released; half-written files of killed runs are
  /// removed.
  /// - Throws: `TrainingError.inUse` where another process writes there, `.cannotWrite`.
  package func lock() throws -> FileLock {
    try createAlone()
    return try attempt { () throws(FileError) in
      let lock = try FileLock("\(path)/.lock")
      for folder in [path, checkpoints] where FileManager.default.fileExists(atPath: folder) {
        try FileSystem.current.removeLitter(in: folder)
      }
      return lock
    }
  }

  /// Creates the folder, with the folder of checkpoints in it.
  /// - Throws: `TrainingError.cannotWrite`.
  package func create() throws {
    try attempt { () throws(FileError) in try FileSystem.current.createFolder(checkpoints) }
  }

  /// Creates the folder with nothing in it.
  /// - Throws: `TrainingError.cannotWrite`.
  public func createAlone() throws {
    try attempt { () throws(FileError) in try FileSystem.current.createFolder(path) }
  }

  /// Writes a small file whole or not at all.
  /// - Throws: `TrainingError.cannotWrite`.
  package func write(_ data: Data, to file: String) throws {
    try attempt { () throws(FileError) in try FileSystem.current.replace(file, with: data) }
  }

  /// Gives a file of the folder another name; nothing happens where it is not there.
  /// - Throws: `TrainingError.cannotWrite`.
  package func setAside(_ file: String, as path: String) throws {
    guard FileManager.default.fileExists(atPath: file) else { return }
    try attempt { () throws(FileError) in try FileSystem.current.rename(file, to: path) }
  }

  /// Writes a copy of a file, whole or not at all.
  /// - Throws: `TrainingError.cannotWrite`.
  package func copy(_ source: String, to file: String) throws {
    try write(Data(contentsOf: URL(fileURLWithPath: source), options: .alwaysMapped), to: file)
  }

  private func attempt<Result>(_ body: () throws(FileError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      if case .lock(let owner) = error.operation {
        throw TrainingError.inUse(path: path, owner: owner)
      }
      throw TrainingError(error)
    }
  }
}
