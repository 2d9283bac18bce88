import Runs

/// The recipe that named the parts of an experiment: stored with the run, and used to decide whether a run may continue.
public protocol RunRecipe: Sendable {
  /// Every value that has an effect, defaults included.
  func text() throws -> String
  /// The same values one by one, by which runs are told apart.
  var settings: [(key: String, value: String)] { get }
  /// The values by which a run of this recipe takes other steps than a run of the recipe in `text`; empty where it takes
  /// exactly the same.
  /// - Parameter source: the name of `text` in error messages.
  func differences(from text: String, source: String) throws -> [RecipeDifference]
}

extension Optional where Wrapped == any RunRecipe {
  /// Checks that a run of this recipe, or of parts without a recipe, may continue a run that stored `text`.
  /// - Parameters:
  ///   - path: the run or its checkpoint, for errors.
  ///   - source: the name of `text` in errors.
  ///   - extends: whether the run may have another length.
  /// - Returns: whether it has another length.
  /// - Throws: `TrainingError.otherRecipe` saying what differs.
  @discardableResult
  func requireContinuing(
    _ text: String?, of path: String, source: String, extends: Bool = false
  ) throws -> Bool {
    switch (self, text) {
    case (nil, nil): return false
    case (let recipe?, let text?):
      let differences = try recipe.differences(from: text, source: source)
      let isOther = differences.contains { !$0.isLength }
      guard differences.isEmpty || (extends && !isOther) else {
        throw TrainingError.otherRecipe(
          path: path, differences: differences.map(\.description), isOfLength: !isOther)
      }
      return !differences.isEmpty
    default:
      throw TrainingError.otherRecipe(path: path, differences: [], isOfLength: false)
    }
  }
}
