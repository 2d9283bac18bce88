import Generalization
import Settings

/// `optimizer.rate_policy` and what belongs to it.
extension OptimizerRecipe {
  private enum PolicyName: String, CaseIterable {
    case none
    case lstm
  }

  static let rateSettings: [Setting<OptimizerRecipe>] = [
    .choice(
      "rate_policy", \.policy,
      "Whether a policy, an LSTM of two layers that learns by REINFORCE, chooses a factor on the rate of each layer of the backbone after each evaluation, rewarded by the change of the figure on held-out synthetic images (ASG; Chen et al. 2020)."
    ),
    .numbers(
      "rate_scales", \.chosen.scales, in: 0...1e6, "The factors among which it chooses.",
      counts: \.isChosen),
    .integer(
      "rate_policy_width", \.chosen.width, in: 1...4096,
      "The numbers that each layer of the LSTM hands over.", counts: \.isChosen),
    .number(
      "rate_policy_lr", \.chosen.learningRate, in: 0...1e30, "The learning rate of the policy.",
      counts: \.isChosen),
    .integer(
      "rate_policy_episode", \.chosen.episode, in: 1..., "The decisions after which it learns.",
      counts: \.isChosen),
  ]

  private var isChosen: Bool { ratePolicy != nil }

  private var policy: PolicyName {
    get { isChosen ? .lstm : .none }
    set { ratePolicy = newValue == .lstm ? RatePolicySettings() : nil }
  }

  /// The policy; where there is none, what is set here changes nothing.
  private var chosen: RatePolicySettings {
    get { ratePolicy ?? RatePolicySettings() }
    set { if isChosen { ratePolicy = newValue } }
  }
}
