import Backbones
import Datasets
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
  /// What a checkpoint must say of the classes beside their names, by its key.
  var checkpointMetadata: [String: String] { get throws }

  /// The network, all zeros.
  func makeNetwork() throws -> any TaskNetwork
  /// The training images as views for a network.
  /// - Parameter styles: what versions in other styles there are of each.
  func trainingSamples(
    for backbone: any Backbone, needsKeyView: Bool, styles: StyledViews?
  ) throws -> any SampleSource
  /// Judges `network` on every set that is not trained on: the held-out one, then the real ones.
  func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation]
}

extension LearningTask {
  /// Nothing.
  public var checkpointMetadata: [String: String] { [:] }
}

extension Recipe {
  /// Reads the data sets that the recipe names.
  package func makeTask() throws -> any LearningTask {
    switch task {
    case .classification: try ClassificationTask(self)
    case .segmentation: try SegmentationTask(self)
    }
  }

  /// The network for `classes` of this recipe's task, all zeros.
  func makeNetwork(classes: Int) throws -> any TaskNetwork {
    switch model.head {
    case .classifier(let width):
      try ImageClassifier(backbone: makeBackbone(), classes: classes, hidden: width)
    case .segmenter(let head):
      try ImageSegmenter(backbone: makeBackbone(), classes: classes, head: head)
    }
  }

  /// The backbone as the task needs it, all zeros; the student's and the teacher's alike.
  func makeBackbone() throws -> any Backbone {
    switch task {
    case .classification: try model.backbone.make()
    case .segmentation: try model.backbone.make(outputStride: 8)
    }
  }

  /// Who judges networks of this recipe's task.
  func makeEvaluator(_ device: Device) -> any TaskEvaluator {
    switch task {
    case .classification: ClassificationEvaluator(self, device: device)
    case .segmentation: SegmentationEvaluator(self, device: device)
    }
  }
}
