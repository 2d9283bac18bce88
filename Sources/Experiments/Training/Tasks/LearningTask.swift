import Backbones
import Datasets
import Runs
import Torch

/// What is learned: how its data are read, its network is built and judged. The loop knows nothing else of it.
public protocol LearningTask {
  /// The names of the classes, by label.
  var classNames: [String] { get }
  /// Where the images are that are trained on.
  var trainingPath: String { get }
  /// The folder below which they lie.
  var trainingFolder: String { get }
  /// Their files, in order.
  var trainingImages: [String] { get }
  /// The number of images that are trained on.
  var sampleCount: Int { get }
  /// Whether there are synthetic images that are never trained on.
  var hasHeldOutData: Bool { get }
  /// Every set on disk that is trained on or judged with, as it was read, for a run to recognise.
  var datasets: [any LabelledDataset] { get }
  /// Whether there are images of other domains that it is judged on.
  var hasOtherDomains: Bool { get }
  /// What was left out of the sets, in sentences.
  var remarks: [String] { get }
  /// What a checkpoint must say of the classes beside their names, by its key.
  var checkpointMetadata: [String: String] { get throws }

  /// The training images as views for a network.
  /// - Parameter styles: what versions in other styles there are of each.
  func trainingSamples(
    for backbone: any Backbone, needsKeyView: Bool, styles: StyledViews?
  ) throws -> any SampleSource
  /// Judges `network` on every set that is not trained on: the held-out one, then the real ones.
  func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation]
}

extension LearningTask {
  /// None.
  public var remarks: [String] { [] }

  /// Nothing.
  public var checkpointMetadata: [String: String] { [:] }
  /// None.
  public var datasets: [any LabelledDataset] { [] }
}
