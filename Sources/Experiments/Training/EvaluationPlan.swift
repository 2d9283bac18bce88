import Backbones
import Runs

/// When a run judges its network, and which checkpoint its final figures are of.
public struct EvaluationPlan: Sendable, Equatable {
  /// The iterations between evaluations; nil for once an epoch. The end is always evaluated.
  public var every: Int?
  /// The rule; nil stands for `source` where there is held-out data, else `last`.
  public var selection: SelectionRule?
  /// The arithmetic of the backbone's passes that judge.
  public var precision = Precision.float32

  /// Once an epoch, selected on held-out data.
  public init() {}
}
