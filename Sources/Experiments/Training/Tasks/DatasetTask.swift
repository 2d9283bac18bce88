import Datasets

/// A task with data from data sets.
public protocol DatasetTask: LearningTask {
  /// The data sets for training and evaluation.
  associatedtype Dataset: LabelledDataset

  /// The data sets.
  var data: TaskData<Dataset> { get }
}

extension DatasetTask {
  /// The class names of the training data.
  public var classNames: [String] { data.first.classNames }
  /// Where the training data were read from.
  public var trainingPath: String { data.training.map(\.path).joined(separator: ", ") }
  /// The folder of the training data; of several domains, the folder that holds all of them.
  public var trainingFolder: String {
    data.training.dropFirst().reduce(data.first.folder) { PathText.sharedFolder($0, $1.folder) }
  }
  /// The files of the training data, in order.
  public var trainingImages: [String] { data.training.flatMap(\.imagePaths) }
  /// The number of training images.
  public var sampleCount: Int { data.training.reduce(0) { $0 + $1.count } }
  /// The domain of each training image; nil where there is only one.
  public var sampleDomains: [Int]? {
    guard data.training.count > 1 else { return nil }
    return data.training.enumerated().flatMap { domain, dataset in
      repeatElement(domain, count: dataset.count)
    }
  }
  /// Whether there is a held-out set.
  public var hasHeldOutData: Bool { !data.heldOut.isEmpty }
  /// Whether there is a data set of another domain.
  public var hasOtherDomains: Bool { !data.others.isEmpty }
  /// Every data set, before any split.
  public var datasets: [any LabelledDataset] { data.whole }
  /// What was left out of the data sets, in sentences.
  public var remarks: [String] { data.remarks }
}
