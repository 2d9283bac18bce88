import Backbones
import Datasets
import Runs
import Torch

/// The parts of a trained network and how it judges: enough to build the network again and use it.
public struct NetworkDescription: Sendable, Equatable {
  /// The layers that belong to the task.
  public enum Head: Sendable, Equatable, Codable {
    /// Classification, with this number of hidden units.
    case classifier(width: Int)
    /// Classification by the embeddings of names, which have this number of dimensions.
    case names(dimension: Int)
    /// Segmentation.
    case segmenter(SegmentationHeadName)
  }

  /// What it was trained for.
  public var task: TaskName
  /// Its backbone.
  public var backbone: BackboneDefinition
  /// Its head.
  public var head: Head
  /// The weights that its backbone started from.
  public var firstWeights: FirstWeights
  /// How it judges.
  public var evaluation: EvaluationOptions
  /// What was done to its training images.
  public var augmentation: Augmentation
  /// The number of images in a training step.
  public var batchSize: Int
  /// The seed that its training images were augmented with.
  public var seed: UInt64
  /// The domains of data sets, as seen by this network.
  public var domains: DataDomains

  /// A description.
  public init(
    task: TaskName, backbone: BackboneDefinition, head: Head,
    firstWeights: FirstWeights = .imageNet,
    evaluation: EvaluationOptions = .init(), augmentation: Augmentation = .none,
    batchSize: Int = 32, seed: UInt64 = 0, domains: DataDomains = .init()
  ) {
    self.task = task
    self.backbone = backbone
    self.head = head
    self.firstWeights = firstWeights
    self.evaluation = evaluation
    self.augmentation = augmentation
    self.batchSize = batchSize
    self.seed = seed
    self.domains = domains
  }

  /// The backbone as the task needs it, all zeros; the student's and the teacher's alike.
  public func makeBackbone() throws -> any Backbone {
    switch task {
    case .classification: try backbone.make()
    case .segmentation: try backbone.make(outputStride: 8)
    }
  }

  /// The network for `classes`, all zeros.
  public func makeNetwork(classes: Int) throws -> any TaskNetwork {
    try makeNetwork(of: makeBackbone(), classes: classes)
  }

  /// The network of `backbone` for `classes`, its head all zeros.
  public func makeNetwork(of backbone: any Backbone, classes: Int) throws -> any TaskNetwork {
    switch head {
    case .classifier(let width):
      try ImageClassifier(backbone: backbone, classes: classes, hidden: width)
    case .names(let dimension):
      try ImageClassifier(backbone: backbone, classes: classes, dimension: dimension)
    case .segmenter(let head):
      try ImageSegmenter(backbone: backbone, classes: classes, head: head)
    }
  }

  /// The evaluator for networks of this kind.
  package func makeEvaluator(
    _ device: Device, sharedBy processes: ProcessGroup? = nil
  ) -> any StoredSetEvaluator {
    switch task {
    case .classification:
      ClassificationEvaluator<ImageDataset>(evaluation, device: device, sharedBy: processes)
    case .segmentation:
      SegmentationEvaluator(evaluation, device: device, sharedBy: processes)
    }
  }
}
