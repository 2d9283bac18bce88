import ArgumentParsing
import Foundation
import Recipes
import Registry
import Runs

/// A checkpoint that is to be judged, and the data to judge it on.
struct JudgedCheckpoint {
  /// The checkpoint's file.
  let path: String
  /// The data sets.
  let data: [String]

  /// The checkpoint at `place`, a file or the folder of a run.
  /// - Parameters:
  ///   - data: the data sets; where there are none, those that the recipe in the checkpoint is judged on.
  ///   - isForeign: whether another program wrote the checkpoint.
  /// - Throws: `TrainingError.noBestCheckpoint` for a folder without a best checkpoint, `ValidationError` where no data are named.
  init(_ place: String, data: [String], isForeign: Bool, registry: Registry) throws {
    path = try Self.checkpoint(at: place)
    guard data.isEmpty else {
      self.data = data
      return
    }
    let recipe = isForeign ? nil : try Recipe(ofCheckpoint: path, registry: registry)
    self.data = recipe?.data.judgedSets ?? []
    guard !self.data.isEmpty else {
      throw ValidationError(
        "\(path) names no data to judge on (what data.held_out_fraction set aside is judged by training alone); expected --data with a folder or a list file."
      )
    }
  }

  /// The file at `place`, or the best checkpoint of the run's folder there.
  /// - Throws: `TrainingError.noBestCheckpoint`.
  static func checkpoint(at place: String) throws -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue
    else { return place }
    let best = RunFolder(place).bestCheckpoint
    guard FileManager.default.fileExists(atPath: best) else {
      throw TrainingError.noBestCheckpoint(path: place)
    }
    return best
  }
}
