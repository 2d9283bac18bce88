/// The recipe that named the parts of an experiment: stored with the run, and used to decide whether a run may continue.
public protocol RunRecipe: Sendable {
  /// Every value that has an effect, defaults included.
  func text() throws -> String
  /// Whether a run of this recipe takes exactly the same steps as a run of the recipe in `text`.
  /// - Parameter source: the name of `text` in error messages.
  func trains(like text: String, source: String) throws -> Bool
}

extension Optional where Wrapped == any RunRecipe {
  /// Whether a run of this recipe, or of parts without a recipe, may continue a run that stored `text`.
  func continues(_ text: String?, source: String) throws -> Bool {
    switch (self, text) {
    case (nil, nil): true
    case (let recipe?, let text?): try recipe.trains(like: text, source: source)
    default: false
    }
  }
}
