import Foundation

/// The learning rate of each iteration of a run.
public protocol LearningRateSchedule: Sendable {
  /// The rate of `iteration`, counted from 0 over a run of `iterations`.
  func learningRate(at iteration: Int, of iterations: Int) -> Double
}

/// A quadratic warm-up times a polynomial decay (Algorithm.md §4).
///
/// lr(i) = base · min(0.01 + 0.99·(i / warmup)², 1) · (1 − i / iterations)^power, with i from 0.
public struct PolynomialSchedule: LearningRateSchedule, Equatable {
  /// The rate before warm-up and decay.
  public var base: Double
  /// The iterations until the full rate; 0 for none.
  public var warmup: Int
  /// The exponent of the decay; 0 for none.
  public var power: Double

  /// A schedule; by default with the recipe's warm-up and power.
  public init(base: Double, warmup: Int = 100, power: Double = 0.9) {
    self.base = base
    self.warmup = warmup
    self.power = power
  }

  /// The rate at `iteration`; 0 from the end of the run on.
  public func learningRate(at iteration: Int, of iterations: Int) -> Double {
    guard iteration < iterations else { return 0 }
    let progress = warmup > 0 ? Double(iteration) / Double(warmup) : 1
    let rise = min(0.01 + 0.99 * progress * progress, 1)
    return base * rise * pow(1 - Double(iteration) / Double(iterations), power)
  }
}
