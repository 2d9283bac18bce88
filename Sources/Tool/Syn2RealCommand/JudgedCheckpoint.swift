import ArgumentParsing
import Foundation
import Inference
import Recipes
import Registry
import Runs

/// A checkpoint that is to be judged, and the data to judge it on.
struct JudgedCheckpoint {
  /// The checkpoint's file.
  let path: String
  /// The data sets.
  let data: [String]
  /// Those among them that the network was trained on, as far as its recipe says.
  let trainedOn: [String]

  /// The checkpoint at `place`, a file or the folder of a run.
  /// - Parameters:
  ///   - data: the data sets; where there are none, those that the recipe in the checkpoint is judged on.
  ///   - isForeign: whether another program wrote the checkpoint.
  /// - Throws: `TrainingError.noBestCheckpoint` for a folder without a best checkpoint, `ValidationError` where no data are named.
  init(_ place: String, data: [String], isForeign: Bool, registry: Registry) throws {
    let path = try Self.checkpoint(at: place)
    // Where data are named, the recipe is not needed.
    let own = Result { try isForeign ? nil : Recipe(ofCheckpoint: path, registry: registry) }
    let recipe = data.isEmpty ? try own.get() : (try? own.get())
    let judged = data.isEmpty ? recipe?.data.judgedSets ?? [] : data
    let training = Set((recipe?.data.train ?? []).compactMap(FileIdentity.init))
    self.path = path
    self.data = judged
    trainedOn = judged.filter { FileIdentity($0).map(training.contains) == true }
    guard !self.data.isEmpty else {
      throw ValidationError(
        "\(path) names no data to judge on (what data.held_out_fraction set aside is judged by training alone); expected --data with a folder or a list file."
      )
    }
  }

  /// Describes checkpoints that do not describe themselves: by a recipe's file, or else by the recipe in each.
  static func descriptions(
    by recipe: String?, registry: Registry
  ) throws -> (_ checkpoint: String) throws -> NetworkDescription? {
    let given = try recipe.map { try Recipe(contentsOf: $0, registry: registry).networkDescription }
    return { try given ?? NetworkDescription(recipeOfCheckpoint: $0, registry: registry) }
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
