/// A recipe with values that contradict each other.
public enum RecipeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Both `epochs` and `iterations` are given.
  case twoLengths(at: String)
  /// Both `held_out` and `held_out_fraction` are given.
  case twoHeldOutSets(at: String)
  /// Both `styles.folder` and `styles.stylised` are given.
  case twoStyles(at: String)
  /// A text that does not rename classes.
  case noClassNames(String)
  /// `overlap` is given without `tile`.
  case overlapWithoutTiles(at: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .twoLengths(let place):
      "\(place): train.epochs and train.iterations are both given; keep one of them"
    case .twoHeldOutSets(let place):
      "\(place): data.held_out and data.held_out_fraction are both given; keep one of them"
    case .twoStyles(let place):
      "\(place): data.styles.folder and data.styles.stylised are both given; keep one of them"
    case .noClassNames(let text):
      "expected names such as lorry=truck,bike=bicycle, or a YAML file of them, found '\(text)'"
    case .overlapWithoutTiles(let place):
      "\(place): evaluate.overlap is given without evaluate.tile; set both, or leave both out"
    }
  }
}
