import Backbones
import TorchNN

/// The frozen ImageNet backbone with a trained head: the first row of the paper's comparison ("Oracle on ImageNet"),
/// whose features are as diverse as ImageNet's and know nothing of the task.
public final class Oracle: Method {
  /// The method needs no map.
  public let stages: Set<Stage> = []
  /// One view is enough.
  public let usesKeyView = false
  /// Only the head is trained.
  public let trainsBackbone = false
  /// The method trains only the student's head.
  public let trainedTensors: [NamedTensor] = []

  /// The frozen backbone.
  public init() {}

  /// No terms.
  public func terms(of step: TrainingStep) throws -> MethodTerms { MethodTerms() }
}
