import Datasets
import Foundation
import Inference
import Runs

extension RunFolder {
  /// Makes sure that a new run neither replaces files that no run wrote, nor stands in a folder whose folders are classes.
  /// - Parameter data: the data sets of the run.
  /// - Throws: `TrainingError.runExists`, `.foreignFile`; `OutputError.amongData`. Nothing has been written then.
  func requireFree(of data: [DatasetFingerprint]) throws {
    guard !holdsRun else { throw TrainingError.runExists(path: path) }
    let manager = FileManager.default
    // A run that was killed before its first checkpoint has left its environment.
    if !manager.fileExists(atPath: environment) {
      for file in [recipe, metrics, evaluations, results, predictions, self.data, report]
      where manager.fileExists(atPath: file) {
        throw TrainingError.foreignFile(path: file)
      }
    }
    let sets = data.filter { $0.classImages != nil }
    for folder in surroundings {
      guard let identity = FileIdentity(folder) else { continue }
      if let set = sets.first(where: { FileIdentity($0.path) == identity }) {
        throw OutputError.amongData(folder: set.path)
      }
    }
  }

  /// The folder and all those around it.
  private var surroundings: [String] {
    sequence(first: URL(fileURLWithPath: path).standardizedFileURL.path) { place in
      place == "/" ? nil : (place as NSString).deletingLastPathComponent
    }.map(\.self)
  }
}
