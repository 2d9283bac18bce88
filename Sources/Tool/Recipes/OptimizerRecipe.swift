import Settings
import TorchNN
import YAML

/// `optimizer`: stochastic gradient descent and its parameter groups (Algorithm.md §4).
public struct OptimizerRecipe: Sendable, Equatable {
  /// `lr`: the learning rate of the new head and the projection heads, before the schedule.
  public var learningRate: Double
  /// `backbone_rate`: the factor on the learning rate of the backbone.
  public var backboneRate = 0.1
  /// `momentum`.
  public var momentum = 0.9
  /// `weight_decay`.
  public var weightDecay = 5e-4
  /// `form`: where the learning rate enters the momentum buffer.
  public var form = SGD.Form.rateInside
  /// `clip_norm`: the largest L2 norm of all gradients together; nil for gradients as they are.
  public var clipNorm: Double?
  /// The section `schedule`.
  var schedule = ScheduleRecipe()

  init(standardIn context: RecipeContext) {
    learningRate = context.defaults.learningRate
  }
}

extension OptimizerRecipe: RecipeSection {
  static func settings(in context: RecipeContext) -> [Setting<OptimizerRecipe>] {
    [
      .number(
        "lr", \.learningRate, in: 0...1e30,
        "The rate of the new head and the projection heads, before the schedule."),
      .number(
        "backbone_rate", \.backboneRate, in: 0...1e30, "The factor on the backbone's rate."),
      .number("momentum", \.momentum, in: 0...1, "The momentum of SGD."),
      .number("weight_decay", \.weightDecay, in: 0...1e30, "The decay of every trained parameter."),
      .choice(
        "form", \.form,
        "Where the rate stands in the momentum buffer (Algorithm.md §4); `rate-outside` is PyTorch's form."
      ),
      .number(
        "clip_norm", \.clipNorm, in: Double.leastNonzeroMagnitude..., absent: "none",
        "The largest L2 norm of all gradients together, to which larger ones are scaled down in each step; the metrics then have `gradient_norm`, the norm before that."
      ),
    ]
  }
}
