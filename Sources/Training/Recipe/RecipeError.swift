/// A recipe whose values do not go together.
public enum RecipeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Both `epochs` and `iterations` are given.
  case twoLengths(at: String)
  /// A selection rule without the data it looks at.
  case nothingToSelectOn(SelectionRule)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .twoLengths(let place):
      "\(place): train.epochs and train.iterations are both given; keep one of them"
    case .nothingToSelectOn(.source):
      "evaluate.selection is 'source', but there is no held-out synthetic data; give data.held_out, or choose 'last'"
    case .nothingToSelectOn(let rule):
      "evaluate.selection is '\(rule.rawValue)', but there is no real data; give data.real, or choose 'last'"
    }
  }
}
