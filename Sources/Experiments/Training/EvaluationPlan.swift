import Backbones
import Runs

/// When a run evaluates its network, and from which checkpoint its final figures come.
public struct EvaluationPlan: Sendable, Equatable {
  /// The number of iterations between evaluations; nil for once per epoch. The end is always evaluated.
  public var every: Int?
  /// The rule; nil means `source` where there are held-out data, else `last`.
  public var selection: SelectionRule?
  /// The number of evaluations in a row without a better figure on the held-out synthetic set that ends the run; nil for a
  /// run of its full length. Where weights are averaged, a better figure of the averaged student counts too.
  public var patience: Int?
  /// The precision of the backbone's passes in evaluations.
  public var precision = Precision.float32

  /// Once per epoch, selected on held-out data.
  public init() {}
}
