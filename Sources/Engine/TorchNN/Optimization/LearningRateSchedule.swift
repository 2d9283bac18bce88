import Foundation

/// The learning rate of each iteration: a quadratic warm-up times a polynomial decay (ALGORITHM.md §4).
///
/// lr(i) = base · min(0.01 + 0.99·(i / warmup)², 1) · (1 − i / iterations)^power, with i from 0.
public struct LearningRateSchedule: Sendable, Equatable {
  /// The rate before warm-up and decay.
  public let base: Double
  /// The iterations of the whole run.
  public let iterations: Int
  /// The iterations until the full rate; 0 for none.
  public let warmup: Int
  /// The exponent of the decay; 0 for none.
  public let power: Double

  /// A schedule; the recipe's warm-up and power by default.
  public init(base: Double, iterations: Int, warmup: Int = 100, power: Double = 0.9) {
    self.base = base
    self.iterations = iterations
    self.warmup = warmup
    self.power = power
  }

  /// The rate of `iteration`, counted from 0 over the whole run; 0 from the run's end on.
  public func learningRate(at iteration: Int) -> Double {
    guard iteration < iterations else { return 0 }
    let progress = warmup > 0 ? Double(iteration) / Double(warmup) : 1
    let rise = min(0.01 + 0.99 * progress * progress, 1)
    return base * rise * pow(1 - Double(iteration) / Double(iterations), power)
  }
}
