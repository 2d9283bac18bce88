import Backbones
import Datasets
import Runs

/// Judges networks of one task.
public protocol TaskEvaluator {
  /// What it judges with.
  associatedtype Dataset: LabelledDataset

  /// Evaluates `network` on all images of `dataset`.
  func evaluate(
    _ network: any TaskNetwork, on dataset: Dataset, domain: Evaluation.Domain
  ) throws -> Evaluation
}

/// Judges networks of one task on sets on disk.
public protocol StoredSetEvaluator: TaskEvaluator where Dataset: StoredDataset {}

extension StoredSetEvaluator {
  /// Evaluates `network`, which tells `classes` apart, on the data set at `path`.
  /// - Parameter report: is told what was left out of the set.
  /// - Throws: `DatasetError.otherClasses` where the set has others.
  func evaluate(
    _ network: any TaskNetwork, at path: String, classes: [String], domain: Evaluation.Domain,
    report: (String) -> Void
  ) throws -> Evaluation {
    let dataset = try Dataset(at: path)
    dataset.remark.map(report)
    guard dataset.classNames == classes else {
      throw DatasetError.otherClasses(
        path: path, expected: classes, found: dataset.classNames)
    }
    return try evaluate(network, on: dataset, domain: domain)
  }

  /// The names of the classes of the data set at `path`.
  func classNames(at path: String) throws -> [String] { try Dataset(at: path).classNames }
}
