import Messages
import Runs

/// Parts of an experiment that do not fit together.
public enum ExperimentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A method that needs styles, but none are given.
  case noStyles(method: String)
  /// A number that must be at least 1.
  case tooSmall(name: String, Int)
  /// More iterations than an integer can count.
  case tooManyEpochs(epochs: Int, batchesPerEpoch: Int)
  /// A selection rule without the data that it needs.
  case nothingToSelectOn(SelectionRule)
  /// Patience without held-out data to be judged on.
  case nothingToWaitFor
  /// An average whose steps losses on held-out data choose, without such data.
  case nothingToAverageBy
  /// The same for a task whose evaluations give no losses.
  case noLossToAverageBy
  /// A policy of learning rates without held-out data to be rewarded by.
  case nothingToRewardBy
  /// A policy of learning rates for a backbone that is not trained, or an optimiser without groups.
  case noLayersToRate
  /// A policy of learning rates with nothing to choose among.
  case noRateScales
  /// Classes to be drawn equally often, but images have none.
  case noClassesToBalance
  /// Domains to be drawn equally often, but there is only one.
  case noDomainsToBalance
  /// Balanced weights for a task that does not count its classes.
  case classesNotCounted
  /// Class weights for a network whose loss takes none.
  case lossWithoutWeights(network: String)
  /// More or fewer weights than there are classes.
  case otherWeights(expected: [String], found: Int)
  /// A weight for a class that the data do not have.
  case unknownWeight(name: String, known: [String])
  /// A batch of fewer images than there are processes to share it.
  case smallBatch(size: Int, processes: Int)
  /// A batch of fewer images than the parts in which the backbone is to take it.
  case tooManyParts(Int, batchSize: Int)
  /// Parts for a network that takes batches whole.
  case undividedBatches(network: String)
  /// Parts for a batch whose images lend each other their styles.
  case mixedParts
  /// Batches in parts, but a method that changes the maps of whole ones.
  case changedParts(method: String)
  /// Weights that are negative, not finite, or all 0.
  case unusableWeights([Double])

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noStyles(let method):
      "method '\(method)' lends images the styles of pictures; name a folder of them as data.styles.folder, or one of "
        + "stylised images as data.styles.stylised"
    case .tooSmall(let name, let value): "\(name) is \(value); expected at least 1"
    case .tooManyEpochs(let epochs, let batchesPerEpoch):
      "train.epochs is \(epochs): with \(batchesPerEpoch) batches in an epoch these are more iterations than can be "
        + "counted; expected at most \(Int.max / max(batchesPerEpoch, 1))"
    case .nothingToSelectOn(.source):
      "evaluate.selection is 'source', but there is no held-out synthetic data; give data.held_out or "
        + "data.held_out_fraction, or choose 'last'"
    case .nothingToSelectOn(let rule):
      "evaluate.selection is '\(rule.rawValue)', but there is no real data; give data.real or data.unseen, or choose 'last'"
    case .nothingToWaitFor:
      "evaluate.patience counts evaluations on the held-out synthetic data, but there are none; give data.held_out or "
        + "data.held_out_fraction, or leave it out"
    case .nothingToAverageBy:
      "train.average is 'swad', which averages around the lowest loss on the held-out synthetic data, but there are none; give "
        + "data.held_out or data.held_out_fraction, or choose 'swa'"
    case .noLossToAverageBy:
      "train.average is 'swad', which averages around the lowest loss on held-out images, but evaluations of this task give no "
        + "losses; choose 'swa' or 'ema'"
    case .nothingToRewardBy:
      "optimizer.rate_policy is 'lstm', which learns from the figure on the held-out synthetic data, but there are none; give "
        + "data.held_out or data.held_out_fraction, or choose 'none'"
    case .noLayersToRate:
      "optimizer.rate_policy is 'lstm', but no layer of the backbone is trained by an optimiser that has groups; choose 'none'"
    case .noRateScales:
      "optimizer.rate_scales is empty; expected the factors among which the policy chooses, such as [0, 0.1, 0.5, 1]"
    case .noClassesToBalance:
      "data.balance is 'classes', but only images that have a class each can be drawn by class; expected 'none' for this "
        + "task; weight its pixels by train.class_weights instead"
    case .noDomainsToBalance:
      "data.balance is 'domains', but there is one domain; name a data set for each domain in data.train, or choose 'none'"
    case .classesNotCounted:
      "train.class_weights is 'balanced', but this task does not count its classes; give a weight for each class"
    case .lossWithoutWeights(let network):
      "train.class_weights is given, but the loss of \(network) takes no weights; leave it out"
    case .otherWeights(let expected, let found):
      "train.class_weights has \(found) weights; expected \(expected.count), one for each class in the order "
        + expected.map(\.visible).joined(separator: ", ")
    case .unknownWeight(let name, let known):
      "train.class_weights names the class '\(name.visible)', which the training data do not have; expected some of "
        + known.map(\.visible).joined(separator: ", ")
        + (nearestName(to: name, among: known).map { "; did you mean '\($0.visible)'?" } ?? "")
    case .smallBatch(let size, let processes):
      "train.batch_size is \(size), the images of all processes together, and there are \(processes) processes; expected at least "
        + "an image for each"
    case .tooManyParts(let parts, let size):
      "train.accumulate is \(parts), but train.batch_size is \(size); expected at least an image for each part of the batch"
    case .undividedBatches(let network):
      "train.accumulate is given, but \(network) takes every batch whole; leave it out"
    case .mixedParts:
      "train.accumulate is given, but train.mix_styles lends the styles of a whole batch; leave out one of them"
    case .changedParts(let method):
      "train.accumulate is given, but the method '\(method)' changes the maps of a whole batch; leave it out, or choose another method"
    case .unusableWeights(let weights):
      "train.class_weights is \(weights); expected finite numbers of at least 0, and one above 0"
    }
  }
}
