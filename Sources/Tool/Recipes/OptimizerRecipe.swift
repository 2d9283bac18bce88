import Generalization
import Settings
import TorchNN
import YAML

/// `optimizer`: how parameters follow their gradients, and their groups (Algorithm.md §4).
public struct OptimizerRecipe: Sendable, Equatable {
  /// An optimiser.
  public enum Name: String, Sendable, CaseIterable {
    /// Stochastic gradient descent with momentum.
    case sgd
    /// Adam with decoupled weight decay.
    case adamw
  }

  /// `name`: the optimiser.
  public private(set) var name = Name.sgd
  /// `lr`: the learning rate of the new head and the projection heads, before the schedule.
  public var learningRate: Double
  /// `backbone_rate`: the factor on the learning rate of the backbone.
  public var backboneRate = 0.1
  /// `layer_decay`: the further factor of each of its layers below the last one.
  public var layerDecay = 1.0
  /// `momentum`.
  public var momentum = 0.9
  /// `beta1`: the momentum of AdamW.
  public var beta1 = 0.9
  /// `beta2`: the share of the mean squared gradient that each step of AdamW keeps.
  public var beta2 = 0.999
  /// `weight_decay`.
  public var weightDecay = 5e-4
  /// `weight_decay_end`: the weight decay at the end of the run; nil for the same throughout.
  public var weightDecayEnd: Double?
  /// `form`: where the learning rate enters the momentum buffer.
  public var form = SGD.Form.rateInside
  /// `clip_norm`: the largest L2 norm of all gradients together; nil for gradients as they are.
  public var clipNorm: Double?
  /// `rate_policy` and what belongs to it: how the rates of the backbone's layers are chosen; nil for those above.
  public var ratePolicy: RatePolicySettings?
  /// The section `schedule`.
  var schedule = ScheduleRecipe()

  init(standardIn context: RecipeContext) {
    learningRate = context.defaults.learningRate
  }

  /// `name`, which is read first: the usual weight decay goes with it.
  private var named: Name {
    get { name }
    set {
      name = newValue
      weightDecay = newValue == .adamw ? AdamWConfiguration().weightDecay : 5e-4
    }
  }
}

extension OptimizerRecipe: RecipeSection {
  static func settings(in context: RecipeContext) -> [Setting<OptimizerRecipe>] {
    [
      .choice("name", \.named, "The optimiser: SGD with momentum, or AdamW."),
      .number(
        "lr", \.learningRate, in: 0...1e30,
        "The rate of the new head and the projection heads, before the schedule."),
      .number(
        "backbone_rate", \.backboneRate, in: 0...1e30, "The factor on the backbone's rate."),
      .number(
        "layer_decay", \.layerDecay, in: Double.leastNonzeroMagnitude...1,
        "The further factor on the rate of each layer of the backbone below its last one."),
      .number(
        "momentum", \.momentum, in: 0...1, "The momentum of SGD.", counts: { $0.name == .sgd }),
      .number(
        "beta1", \.beta1, in: 0..<1,
        "The share of the mean gradient that each step of AdamW keeps.",
        counts: { $0.name == .adamw }),
      .number(
        "beta2", \.beta2, in: 0..<1,
        "The share of the mean squared gradient that each step of AdamW keeps.",
        counts: { $0.name == .adamw }),
      .number(
        "weight_decay", \.weightDecay, in: 0...1e30,
        "The decay of every trained parameter; 0.01 where AdamW is chosen."),
      .number(
        "weight_decay_end", \.weightDecayEnd, in: 0...1e30, absent: "none",
        "The decay at the end of the run, to which it goes along half a cosine."),
      .choice(
        "form", \.form,
        "Where the rate stands in the momentum buffer (Algorithm.md §4); `rate-outside` is PyTorch's form.",
        counts: { $0.name == .sgd }
      ),
      .number(
        "clip_norm", \.clipNorm, in: Double.leastNonzeroMagnitude..., absent: "none",
        "The largest L2 norm of all gradients together, to which larger ones are scaled down in each step; the metrics have `gradient_norm`, the norm before that."
      ),
    ] + rateSettings
  }

  /// What makes the optimiser.
  var configuration: any OptimizerConfiguration {
    switch name {
    case .sgd:
      var configuration = SGDConfiguration()
      configuration.backboneRate = backboneRate
      configuration.layerDecay = layerDecay
      configuration.separatesLayers = ratePolicy != nil
      configuration.momentum = momentum
      configuration.weightDecay = weightDecay
      configuration.weightDecayEnd = weightDecayEnd
      configuration.form = form
      return configuration
    case .adamw:
      var configuration = AdamWConfiguration()
      configuration.backboneRate = backboneRate
      configuration.layerDecay = layerDecay
      configuration.separatesLayers = ratePolicy != nil
      configuration.beta1 = beta1
      configuration.beta2 = beta2
      configuration.weightDecay = weightDecay
      configuration.weightDecayEnd = weightDecayEnd
      return configuration
    }
  }
}
