import Backbones
import TorchNN

/// Fine-tuning with the task loss alone: the baseline of every comparison.
public final class Vanilla: Method {
  /// The method needs no map.
  public let stages: Set<Stage> = []
  /// One view is enough.
  public let usesKeyView = false
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []

  /// The baseline.
  public init() {}

  /// No terms.
  public func terms(of step: TrainingStep) throws -> MethodTerms { MethodTerms() }
}
