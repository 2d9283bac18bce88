/// What a policy of layer-wise learning rates depends on.
///
/// ASG (Chen et al. 2020) chooses the rates by such a policy; the numbers are ours, not the paper's.
public struct RatePolicySettings: Sendable, Equatable {
  /// The factors on a layer's rate among which the policy chooses.
  public var scales = [0, 0.1, 0.5, 1]
  /// The numbers that each layer of the LSTM hands over.
  public var width = 20
  /// The learning rate of the policy itself.
  public var learningRate = 0.01
  /// The number of decisions after which the policy learns.
  public var episode = 5

  /// Settings; the defaults are for some dozens of decisions in a run.
  public init() {}
}
