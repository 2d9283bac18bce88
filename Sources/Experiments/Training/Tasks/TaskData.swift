import Backbones
import Datasets
import Inference
import Runs

/// The data sets of a task: what is trained on, and what is judged with.
public struct TaskData<Dataset: LabelledDataset> {
  /// The images that are trained on.
  public let training: Dataset
  /// Synthetic images never trained on.
  public let heldOut: Dataset?
  /// The sets of domains never trained on, each with what it is.
  public let others: [(dataset: Dataset, domain: Evaluation.Domain)]

  /// Every set as it was read, none of them split.
  let whole: [Dataset]

  /// The sets of a task.
  /// - Parameter unsplit: the set that training and held-out data were split from.
  /// - Throws: `DatasetError.otherClasses` for a set of other classes than the training data.
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

  /// What was left out of the sets, a sentence for each of which anything was.
  var remarks: [String] {
    ([training] + (heldOut.map { [$0] } ?? []) + others.map(\.dataset)).compactMap(\.remark)
  }

  /// Judges `network` on every set that is not trained on.
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
