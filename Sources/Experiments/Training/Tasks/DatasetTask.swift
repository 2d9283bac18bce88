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
  public var classNames: [String] { data.training.classNames }
  /// Where the training data were read from.
  public var trainingPath: String { data.training.path }
  /// The folder of the training data.
  public var trainingFolder: String { data.training.folder }
  /// The files of the training data, in order.
  public var trainingImages: [String] { data.training.imagePaths }
  /// The number of training images.
  public var sampleCount: Int { data.training.count }
  /// Whether there is a held-out set.
  public var hasHeldOutData: Bool { data.heldOut != nil }
  /// Whether there is a data set of another domain.
  public var hasOtherDomains: Bool { !data.others.isEmpty }
  /// Every data set, before any split.
  public var datasets: [any LabelledDataset] { data.whole }
  /// What was left out of the data sets, in sentences.
  public var remarks: [String] { data.remarks }
}
