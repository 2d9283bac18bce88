/// The recipe that named the parts of an experiment: for the record, and to tell whether a run may go on.
public protocol RunRecipe: Sendable {
  /// Every value that has an effect, defaults included.
  func text() throws -> String
  /// Whether a run of this recipe takes the very steps of a run of the one in `text`.
  /// - Parameter source: what errors call `text`.
  func trains(like text: String, source: String) throws -> Bool
}

extension Optional where Wrapped == any RunRecipe {
  /// Whether a run of this recipe, or of parts without one, may go on where a run left `text`.
  func continues(_ text: String?, source: String) throws -> Bool {
    switch (self, text) {
    case (nil, nil): true
    case (let recipe?, let text?): try recipe.trains(like: text, source: source)
    default: false
    }
  }
}
