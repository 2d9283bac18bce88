import Backbones
import Datasets
import Inference
import Runs

/// The data sets of a task, for training and for evaluation.
public struct TaskData<Dataset: LabelledDataset> {
  /// The training images, a data set for each domain; at least one.
  public let training: [Dataset]
  /// Synthetic images that are never trained on, a data set for each domain that has them.
  public let heldOut: [Dataset]
  /// The data sets of domains that are never trained on, each with its domain.
  public let others: [(dataset: Dataset, domain: Evaluation.Domain)]

  /// Every data set as it was read, before any split.
  let whole: [Dataset]

  /// The data sets of a task with several domains of training.
  /// - Parameter unsplit: the data sets that training and held-out data were split from.
  /// - Throws: `DatasetError.otherClasses` for a data set with other classes than the first of the training data,
  ///   `.empty` where there is none.
  public init(
    training: [Dataset], heldOut: [Dataset] = [],
    others: [(dataset: Dataset, domain: Evaluation.Domain)] = [], unsplit: [Dataset]? = nil
  ) throws {
    guard let first = training.first else {
      throw DatasetError.empty(
        path: "the list of training data", expected: "a data set for each domain")
    }
    self.training = training
    self.heldOut = heldOut
    self.others = others
    whole = (unsplit ?? training + heldOut) + others.map(\.dataset)
    for dataset in training { try dataset.requireEveryClass() }
    for dataset in training.dropFirst() + others.map(\.dataset) + heldOut {
      try dataset.requireClasses(of: first)
    }
  }

  /// The data sets of a task.
  /// - Throws: `DatasetError.otherClasses` for a data set with other classes than the training data.
  public init(
    training: Dataset, heldOut: Dataset? = nil,
    others: [(dataset: Dataset, domain: Evaluation.Domain)] = []
  ) throws {
    try self.init(training: [training], heldOut: heldOut.map { [$0] } ?? [], others: others)
  }

  /// The training images of the first domain, whose classes all have.
  var first: Dataset { training[0] }

  /// The training images of all domains as one source, domain by domain.
  /// - Parameter source: the samples of a domain, and the number of the first of them, by which its randomness is drawn.
  func samples(
    _ source: (Dataset, Int) throws -> any SampleSource
  ) throws -> any SampleSource {
    var start = 0
    let parts = try training.map { dataset in
      defer { start += dataset.count }
      return try source(dataset, start)
    }
    return parts.count == 1 ? parts[0] : JoinedSamples(parts)
  }

  /// What was left out of the data sets, one sentence for each data set that is not complete.
  var remarks: [String] {
    (training + heldOut + others.map(\.dataset)).compactMap(\.remark)
  }

  /// Evaluates `network` on every data set that is not trained on, each domain by itself.
  func evaluate<Evaluator: TaskEvaluator>(
    _ network: any TaskNetwork, by evaluator: Evaluator
  ) throws -> [Evaluation] where Evaluator.Dataset == Dataset {
    let judged = heldOut.map { (dataset: $0, domain: Evaluation.Domain.synthetic) } + others
    return try judged.map { try evaluator.evaluate(network, on: $0.dataset, domain: $0.domain) }
  }
}
