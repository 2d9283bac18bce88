import TorchNN
import YAML

/// `optimizer`: stochastic gradient descent and its parameter groups (Algorithm.md §4).
public struct OptimizerRecipe: Sendable, Equatable {
  /// `lr`: the learning rate of the new head and the projection heads, before the schedule.
  public var learningRate: Double
  /// `backbone_rate`: the factor on the learning rate of the backbone.
  public var backboneRate: Double
  /// `momentum`.
  public var momentum: Double
  /// `weight_decay`.
  public var weightDecay: Double
  /// `form`: where the learning rate enters the momentum buffer.
  public var form: SGD.Form
  /// The section `schedule`.
  var schedule = ScheduleRecipe()

  init(_ mapping: inout YAMLMapping, _ defaults: TaskDefaults) throws {
    learningRate = try mapping.double("lr", default: defaults.learningRate, in: 0...1e30)
    backboneRate = try mapping.double("backbone_rate", default: 0.1, in: 0...1e30)
    momentum = try mapping.double("momentum", default: 0.9, in: 0...1)
    weightDecay = try mapping.double("weight_decay", default: 5e-4, in: 0...1e30)
    form = try mapping.choice("form", default: .rateInside)
  }

  var yaml: YAMLValue {
    [
      "lr": .double(learningRate),
      "backbone_rate": .double(backboneRate),
      "momentum": .double(momentum),
      "weight_decay": .double(weightDecay),
      "form": .string(form.rawValue),
    ]
  }
}

/// `schedule`: how the learning rate changes over the run.
public struct ScheduleRecipe: Sendable, Equatable {
  /// `warmup`: the number of iterations until the full rate.
  public var warmup = 100
  /// `power`: the exponent of the decay.
  public var power = 0.9

  init() {}

  init(_ mapping: inout YAMLMapping) throws {
    warmup = try mapping.int("warmup", default: warmup, in: 0...)
    power = try mapping.double("power", default: power, in: 0...)
  }

  var yaml: YAMLValue {
    ["warmup": .integer(warmup), "power": .double(power)]
  }
}
