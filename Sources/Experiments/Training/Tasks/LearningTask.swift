import Backbones
import Datasets
import Runs
import Torch

/// What is learned: how data are read and how the network is evaluated. The training loop knows nothing else about it.
public protocol LearningTask {
  /// The names of the classes, by label.
  var classNames: [String] { get }
  /// The path of the training images.
  var trainingPath: String { get }
  /// The folder that contains them.
  var trainingFolder: String { get }
  /// Their files, in order.
  var trainingImages: [String] { get }
  /// The number of training images.
  var sampleCount: Int { get }
  /// The class of each training image, by its place; nil where pixels have classes, or the task does not say.
  var sampleLabels: [Int]? { get }
  /// The domain of each training image, counted from 0, by its place; nil where all are of one.
  var sampleDomains: [Int]? { get }
  /// Whether there are synthetic images that are never trained on.
  var hasHeldOutData: Bool { get }
  /// Whether evaluations of held-out images give a loss, by the logits that they keep or by scenes that have one.
  var judgesLosses: Bool { get }
  /// Every data set on disk that is used for training or evaluation, as it was read, so that a run can recognise it.
  var datasets: [any LabelledDataset] { get }
  /// Whether there are images of other domains for evaluation.
  var hasOtherDomains: Bool { get }
  /// What was left out of the data sets, in sentences.
  var remarks: [String] { get }
  /// What a checkpoint must hold about the classes besides their names, by key.
  var checkpointMetadata: [String: String] { get throws }

  /// The training images as views for a network.
  /// - Parameter styles: the versions of each image in other styles.
  func trainingSamples(
    for backbone: any Backbone, needsKeyView: Bool, styles: StyledViews?
  ) throws -> any SampleSource
  /// The number of labelled elements, images or pixels, of each class in the training data, by label; nil where the task
  /// does not count them.
  func countedClasses() throws -> [Int]?
  /// Evaluates `network` on every data set that is not trained on: the held-out one, then the real ones.
  func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation]
  /// The same together with other processes, each of which judges a part of the images and gets the whole evaluation.
  func evaluate(
    _ network: any TaskNetwork, on device: Device, sharedBy processes: ProcessGroup?
  ) throws -> [Evaluation]
}

extension LearningTask {
  /// None.
  public var remarks: [String] { [] }
  /// Not said.
  public var sampleLabels: [Int]? { nil }
  /// All are of one.
  public var sampleDomains: [Int]? { nil }
  /// Not counted.
  public func countedClasses() throws -> [Int]? { nil }

  /// They do.
  public var judgesLosses: Bool { true }

  /// Every process judges all images.
  public func evaluate(
    _ network: any TaskNetwork, on device: Device, sharedBy processes: ProcessGroup?
  ) throws -> [Evaluation] {
    try evaluate(network, on: device)
  }

  /// Nothing.
  public var checkpointMetadata: [String: String] { [:] }
  /// None.
  public var datasets: [any LabelledDataset] { [] }
}
