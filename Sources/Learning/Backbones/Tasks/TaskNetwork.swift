import Torch
import TorchNN

/// A backbone with the head of a task: what is trained.
public protocol TaskNetwork {
  /// The encoder, f_e.
  var backbone: any Backbone { get }
  /// The task's own layers; their keys begin with `fc_new.` beside the backbone's.
  var head: any Module { get }
  /// The arithmetic of the backbone's forward passes.
  var precision: Precision { get set }
  /// Whether a training pass draws at random or moves statistics: run again, it does not do the same.
  var changesInTraining: Bool { get }

  /// The task's output and the maps of `stages`, of normalised N×3×H×W images.
  func callAsFunction(
    _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
  ) throws -> TaskOutput
  /// The task loss, a mean over the labelled elements; at least 0.
  func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor
}

/// What a task network makes of a batch.
public struct TaskOutput {
  /// The task's logits: N×classes for classification.
  public let logits: Tensor
  /// The feature maps on the way.
  public let features: FeatureMaps

  /// The output of a pass.
  public init(logits: Tensor, features: FeatureMaps) {
    self.logits = logits
    self.features = features
  }
}

extension TaskNetwork {
  /// The output and the maps of a pass that judges.
  public func callAsFunction(_ images: Tensor, stages: Set<Stage> = []) throws -> TaskOutput {
    try self(images, stages: stages, mode: .evaluation)
  }

  /// What the keys of a head begin with.
  public static var headPrefix: String { "fc_new." }

  /// The head's tensors under their keys beside the backbone's.
  public var headTensors: [NamedTensor] {
    head.namedTensors().map { $0.prefixed(Self.headPrefix) }
  }

  /// Every tensor of backbone and head with its key.
  public func namedTensors() -> [NamedTensor] {
    backbone.namedTensors() + headTensors
  }
}
