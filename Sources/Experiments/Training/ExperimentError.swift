import Runs

/// Parts of an experiment that do not fit together.
public enum ExperimentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A method that needs styles, but none are given.
  case noStyles(method: String)
  /// More iterations than an integer can count.
  case tooManyEpochs(epochs: Int, batchesPerEpoch: Int)
  /// A selection rule without the data that it needs.
  case nothingToSelectOn(SelectionRule)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noStyles(let method):
      "method '\(method)' lends images the styles of pictures; name a folder of them as data.styles.folder, or one of "
        + "stylised images as data.styles.stylised"
    case .tooManyEpochs(let epochs, let batchesPerEpoch):
      "train.epochs is \(epochs): with \(batchesPerEpoch) batches in an epoch these are more iterations than can be "
        + "counted; expected at most \(Int.max / max(batchesPerEpoch, 1))"
    case .nothingToSelectOn(.source):
      "evaluate.selection is 'source', but there is no held-out synthetic data; give data.held_out or "
        + "data.held_out_fraction, or choose 'last'"
    case .nothingToSelectOn(let rule):
      "evaluate.selection is '\(rule.rawValue)', but there is no real data; give data.real or data.unseen, or choose 'last'"
    }
  }
}
