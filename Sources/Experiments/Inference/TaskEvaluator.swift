import Backbones
import Datasets
import Runs
import Torch

/// Evaluates networks of one task.
public protocol TaskEvaluator {
  /// The type of data set that it evaluates on.
  associatedtype Dataset: LabelledDataset

  /// Evaluates `network` on all images of `dataset`.
  func evaluate(
    _ network: any TaskNetwork, on dataset: Dataset, domain: Evaluation.Domain
  ) throws -> Evaluation
}

/// Evaluates networks of one task on data sets on disk.
public protocol StoredSetEvaluator: TaskEvaluator where Dataset: StoredDataset {
  /// How it judges images.
  var options: EvaluationOptions { get }
  /// The processes that judge the images together; nil where there is only this one.
  var processes: ProcessGroup? { get }
}

extension StoredSetEvaluator {
  /// Evaluates `network`, which distinguishes `classes`, on the data set at `path`.
  /// - Parameters:
  ///   - renaming: names of `classes` by names of the data set's, beside those of the options; nil leaves a class out.
  ///   - report: is told what was left out of the data set.
  /// - Throws: `DatasetError.otherClasses` where the data set shares no class; `InferenceError.otherRank` where processes that
  ///   share it read different files.
  func evaluate(
    _ network: any TaskNetwork, at path: String, classes: [String],
    renaming: [String: String?] = [:], domain: Evaluation.Domain, report: (String) -> Void
  ) throws -> Evaluation {
    let dataset = try Dataset(at: path, isUpright: options.isUpright)
      .aligned(to: classes, renaming: options.renamedClasses.merging(renaming) { $1 })
    dataset.remark.map(report)
    try processes?.requireSame(dataset)
    return try evaluate(network, on: dataset, domain: domain)
  }

  /// The names of the classes of the data set at `path`.
  func classNames(at path: String) throws -> [String] { try Dataset(at: path).classNames }
}
