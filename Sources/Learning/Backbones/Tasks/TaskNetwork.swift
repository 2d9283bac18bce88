import Torch
import TorchNN

/// A backbone with the head of a task: the network that is trained.
public protocol TaskNetwork {
  /// The encoder, f_e.
  var backbone: any Backbone { get }
  /// The task's own layers; next to the backbone's keys, their keys begin with `fc_new.`.
  var head: any Module { get }
  /// The arithmetic of the backbone's forward passes.
  var precision: Precision { get set }
  /// In how many parts the backbone takes a batch whose gradients are recorded
  /// (``Backbone/features(of:stages:in:parts:)``).
  var parts: Int { get set }
  /// Whether a training pass draws random numbers or moves statistics, so that a second pass does not do the same.
  var changesInTraining: Bool { get }

  /// Computes the task's output and the maps of `stages` for normalised N×3×H×W images.
  func callAsFunction(
    _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
  ) throws -> TaskOutput
  /// The logits at the resolution of the labels. Loss and accuracy bring them there by themselves; where both are wanted, this does
  /// it once.
  func fullSize(_ logits: Tensor, for labels: Tensor) throws -> Tensor
  /// The task loss, averaged over the labelled elements; at least 0.
  func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor
  /// The share of the labelled elements that have the largest of their logits at their label, in the mean over the images.
  func accuracy(_ logits: Tensor, labels: Tensor) throws -> Tensor
  /// What the mean of the loss divides by: the number of labelled elements, or the sum of their weights. By it the losses of
  /// parts of a batch are weighted to that of the whole.
  func labelWeight(of labels: Tensor) throws -> Double
}

/// What a task network computes from a batch.
public struct TaskOutput {
  /// The task's logits: N×classes for classification.
  public let logits: Tensor
  /// The feature maps that were computed on the way.
  public let features: FeatureMaps

  /// The output of a pass.
  public init(logits: Tensor, features: FeatureMaps) {
    self.logits = logits
    self.features = features
  }
}

extension TaskNetwork {
  /// By default there is one label for each row of logits.
  public func fullSize(_ logits: Tensor, for labels: Tensor) throws -> Tensor { logits }

  /// By default the logits are N×classes, and the labels N.
  public func accuracy(_ logits: Tensor, labels: Tensor) throws -> Tensor {
    try logits.detached().argmax(1).equals(labels).converted(to: .float64).mean()
  }

  /// By default a batch is taken whole, and nothing else can be set.
  public var parts: Int {
    get { 1 }
    set {}
  }

  /// By default every image counts the same.
  public func labelWeight(of labels: Tensor) throws -> Double { Double(labels.shape.first ?? 0) }

  /// Computes the output and the maps for an evaluation.
  public func callAsFunction(_ images: Tensor, stages: Set<Stage> = []) throws -> TaskOutput {
    try self(images, stages: stages, mode: .evaluation)
  }

  /// What the keys of a head begin with.
  public static var headPrefix: String { "fc_new." }

  /// The head's tensors, under the keys that they have next to the backbone's.
  public var headTensors: [NamedTensor] {
    head.namedTensors().map { $0.prefixed(Self.headPrefix) }
  }

  /// Every tensor of backbone and head with its key.
  public func namedTensors() -> [NamedTensor] {
    backbone.namedTensors() + headTensors
  }
}
