/// Half a cosine up to the full rate and half a one down to almost nothing (Smith & Topin 2018), as PyTorch's `OneCycleLR`.
///
/// It rises from base / 25 to base, and falls to base / 25 / 10 000 at the last iteration.
public struct OneCycleSchedule: LearningRateSchedule, Equatable {
  private static let start = 1.0 / 25
  private static let end = start / 1e4

  /// The full rate.
  public var base: Double
  /// The share of the run in which the rate rises, in (0, 1).
  public var rise: Double

  /// A schedule; by default with PyTorch's share.
  public init(base: Double, rise: Double = 0.3) {
    self.base = base
    self.rise = rise
  }

  /// The rate at `iteration`; the last one from the end of the run on.
  public func learningRate(at iteration: Int, of iterations: Int) -> Double {
    let (peak, last) = (rise * Double(iterations) - 1, Double(iterations - 1))
    let place = min(Double(iteration), last)
    if place <= peak {
      return base * halfCosine(from: Self.start, to: 1, at: peak > 0 ? place / peak : 1)
    }
    return base * halfCosine(from: 1, to: Self.end, at: (place - peak) / (last - peak))
  }
}
