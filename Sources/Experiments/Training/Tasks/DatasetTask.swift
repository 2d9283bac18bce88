import Datasets

/// A task whose data are data sets.
public protocol DatasetTask: LearningTask {
  /// What it is trained on and judged with.
  associatedtype Dataset: LabelledDataset

  /// The data sets.
  var data: TaskData<Dataset> { get }
}

extension DatasetTask {
  /// Those of the training data.
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
  /// Whether there is a set of another domain.
  public var hasOtherDomains: Bool { !data.others.isEmpty }
  /// Every set, none of them split.
  public var datasets: [any LabelledDataset] { data.whole }
  /// What was left out of the sets, in sentences.
  public var remarks: [String] { data.remarks }
}
