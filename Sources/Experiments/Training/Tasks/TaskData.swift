import Backbones
import Datasets
import Inference
import Runs

/// The data sets of a task, for training and for evaluation.
public struct TaskData<Dataset: LabelledDataset> {
  /// The training images.
  public let training: Dataset
  /// Synthetic images that are never trained on.
  public let heldOut: Dataset?
  /// The data sets of domains that are never trained on, each with its domain.
  public let others: [(dataset: Dataset, domain: Evaluation.Domain)]

  /// Every data set as it was read, before any split.
  let whole: [Dataset]

  /// The data sets of a task.
  /// - Parameter unsplit: the data set that training and held-out data were split from.
  /// - Throws: `DatasetError.otherClasses` for a data set with other classes than the training data.
  public init(
    training: Dataset, heldOut: Dataset? = nil,
    others: [(dataset: Dataset, domain: Evaluation.Domain)] = [], unsplit: Dataset? = nil
  ) throws {
    self.training = training
    self.heldOut = heldOut
    self.others = others
    let own = unsplit.map { [$0] } ?? [training] + (heldOut.map { [$0] } ?? [])
    whole = own + others.map(\.dataset)
    try training.requireEveryClass()
    for dataset in others.map(\.dataset) + (heldOut.map { [$0] } ?? []) {
      try dataset.requireClasses(of: training)
    }
  }

  /// What was left out of the data sets, one sentence for each data set that is not complete.
  var remarks: [String] {
    ([training] + (heldOut.map { [$0] } ?? []) + others.map(\.dataset)).compactMap(\.remark)
  }

  /// Evaluates `network` on every data set that is not trained on.
  func evaluate<Evaluator: TaskEvaluator>(
    _ network: any TaskNetwork, by evaluator: Evaluator
  ) throws -> [Evaluation] where Evaluator.Dataset == Dataset {
    let synthetic = try heldOut.map {
      try evaluator.evaluate(network, on: $0, domain: .synthetic)
    }
    return try (synthetic.map { [$0] } ?? [])
      + others.map { try evaluator.evaluate(network, on: $0.dataset, domain: $0.domain) }
  }
}
