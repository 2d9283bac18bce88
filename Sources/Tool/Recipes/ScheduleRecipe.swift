import Settings
import TorchNN
import YAML

/// `schedule`: how the learning rate changes over the run.
public struct ScheduleRecipe: Sendable, Equatable {
  /// The course of the rate.
  public enum Name: String, Sendable, CaseIterable {
    /// A quadratic warm-up times a polynomial decay.
    case polynomial
    /// A linear warm-up, then half a cosine.
    case cosine
    /// Half a cosine up and half a one down.
    case oneCycle = "one-cycle"
  }

  /// `name`: the course of the rate.
  public var name = Name.polynomial
  /// `warmup`: the number of iterations until the full rate.
  public var warmup = 100
  /// `warmup_epochs`: the passes through the data until the full rate; nil for `warmup`.
  public var warmupEpochs: Double?
  /// `power`: the exponent of the decay.
  public var power = 0.9
  /// `final_share`: the share of the full rate at the end of a cosine.
  public var finalShare = 0.0
  /// `rise`: the share of a cycle in which the rate rises.
  public var rise = 0.3

  /// The schedule whose full rate is `base`.
  /// - Parameter batchesPerEpoch: the steps that go once through the data.
  func schedule(base: Double, batchesPerEpoch: Int) -> any LearningRateSchedule {
    let warmup =
      warmupEpochs.map { Int(($0 * Double(batchesPerEpoch)).rounded()) } ?? self.warmup
    return switch name {
    case .polynomial: PolynomialSchedule(base: base, warmup: warmup, power: power)
    case .cosine: CosineSchedule(base: base, warmup: warmup, finalShare: finalShare)
    case .oneCycle: OneCycleSchedule(base: base, rise: rise)
    }
  }
}

extension ScheduleRecipe: RecipeSection {
  init(standardIn context: RecipeContext) { self.init() }

  static func settings(in context: RecipeContext) -> [Setting<ScheduleRecipe>] {
    [
      .choice(
        "name", \.name,
        "The course of the rate: a quadratic warm-up and a polynomial decay (Algorithm.md §4), a linear warm-up and half a cosine, or PyTorch's `OneCycleLR`."
      ),
      .integer(
        "warmup", \.warmup, in: 0..., "The iterations until the full rate.",
        counts: { $0.name != .oneCycle && $0.warmupEpochs == nil }),
      .number(
        "warmup_epochs", \.warmupEpochs, in: 0...1e6, absent: "`warmup`",
        "The passes through the data until the full rate, in the place of `warmup`."),
      .number(
        "power", \.power, in: 0..., "The exponent of the decay.",
        counts: { $0.name == .polynomial }),
      .number(
        "final_share", \.finalShare, in: 0...1,
        "The share of the full rate at the end of a cosine.",
        counts: { $0.name == .cosine }),
      .number(
        "rise", \.rise, in: 0.001...0.999, "The share of a cycle in which the rate rises.",
        counts: { $0.name == .oneCycle }),
    ]
  }
}
