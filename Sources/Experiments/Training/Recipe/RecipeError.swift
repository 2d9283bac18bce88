/// A recipe whose values do not go together.
public enum RecipeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Both `epochs` and `iterations` are given.
  case twoLengths(at: String)
  /// More iterations than can be counted.
  case tooManyEpochs(epochs: Int, batchesPerEpoch: Int)
  /// Both `held_out` and `held_out_fraction` are given.
  case twoHeldOutSets(at: String)
  /// A method that wants styles without any.
  case noStyles(method: String)
  /// Both `styles.folder` and `styles.stylised` are given.
  case twoStyles(at: String)
  /// A selection rule without the data it looks at.
  case nothingToSelectOn(SelectionRule)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .twoLengths(let place):
      "\(place): train.epochs and train.iterations are both given; keep one of them"
    case .tooManyEpochs(let epochs, let batchesPerEpoch):
      "train.epochs is \(epochs): with \(batchesPerEpoch) batches in an epoch these are more iterations than can be "
        + "counted; expected at most \(Int.max / max(batchesPerEpoch, 1))"
    case .twoHeldOutSets(let place):
      "\(place): data.held_out and data.held_out_fraction are both given; keep one of them"
    case .noStyles(let method):
      "method '\(method)' lends images the styles of pictures; name a folder of them as data.styles.folder, or one of "
        + "stylised images as data.styles.stylised"
    case .twoStyles(let place):
      "\(place): data.styles.folder and data.styles.stylised are both given; keep one of them"
    case .nothingToSelectOn(.source):
      "evaluate.selection is 'source', but there is no held-out synthetic data; give data.held_out or "
        + "data.held_out_fraction, or choose 'last'"
    case .nothingToSelectOn(let rule):
      "evaluate.selection is '\(rule.rawValue)', but there is no real data; give data.real or data.unseen, or choose 'last'"
    }
  }
}
