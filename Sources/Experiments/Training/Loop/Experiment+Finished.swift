import Foundation
import Runs

extension Experiment {
  /// The figures of a finished run of this experiment in `folder`; nil where no run was finished.
  /// - Parameter acceptsChangedData: whether its data may differ from the present data.
  /// - Throws: `TrainingError.otherRecipe` where the run used another recipe, `.dataChanged` where it used other data.
  package func finishedResults(
    in folder: RunFolder, acceptsChangedData: Bool = false
  ) throws -> RunResults? {
    guard let results = try folder.finishedResults() else { return nil }
    let text = (try? RunFolder.content(of: folder.recipe))
      .map { String(decoding: $0, as: UTF8.self) }
    try recipe.requireContinuing(text, of: folder.path, source: folder.recipe)
    if text == nil { try requireSameParts(as: results, of: folder.path) }
    if !acceptsChangedData {
      try data.requireSame(as: results.data, of: folder.results, listing: folder.data)
    }
    return results
  }

  /// Checks what figures say of a run without a recipe: its parts do not say how they are set.
  private func requireSameParts(as results: RunResults, of path: String) throws {
    let values = [
      ("method", methodName, results.method), ("seed", "\(seed)", "\(results.seed)"),
      ("iterations", "\(iterations)", "\(results.iterations)"),
    ]
    let differences = values.filter { $0.1 != $0.2 }.map {
      RecipeDifference(key: $0.0, value: $0.1, earlier: $0.2).description
    }
    guard differences.isEmpty else {
      throw TrainingError.otherRecipe(path: path, differences: differences, isOfLength: false)
    }
  }
}
