import Settings
import YAML

/// `schedule`: how the learning rate changes over the run.
public struct ScheduleRecipe: Sendable, Equatable {
  /// `warmup`: the number of iterations until the full rate.
  public var warmup = 100
  /// `power`: the exponent of the decay.
  public var power = 0.9
}

extension ScheduleRecipe: RecipeSection {
  init(standardIn context: RecipeContext) { self.init() }

  static func settings(in context: RecipeContext) -> [Setting<ScheduleRecipe>] {
    [
      .integer("warmup", \.warmup, in: 0..., "The iterations until the full rate."),
      .number("power", \.power, in: 0..., "The exponent of the decay."),
    ]
  }
}
