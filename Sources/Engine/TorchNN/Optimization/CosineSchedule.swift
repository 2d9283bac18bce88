/// A linear warm-up, then half a cosine down to a share of the full rate (Loshchilov & Hutter 2017).
///
/// lr(i) = base · (i + 1) / warmup while i < warmup, then base · (s + (1 − s)·(1 + cos(π·(i − warmup)/(iterations − warmup)))/2)
/// with s = `finalShare` and i from 0.
public struct CosineSchedule: LearningRateSchedule, Equatable {
  /// The full rate.
  public var base: Double
  /// The iterations until the full rate; 0 for none.
  public var warmup: Int
  /// The share of the full rate at the end.
  public var finalShare: Double

  /// A schedule.
  public init(base: Double, warmup: Int = 0, finalShare: Double = 0) {
    self.base = base
    self.warmup = warmup
    self.finalShare = finalShare
  }

  /// The rate at `iteration`; the last one from the end of the run on.
  public func learningRate(at iteration: Int, of iterations: Int) -> Double {
    if iteration < warmup { return base * Double(iteration + 1) / Double(warmup) }
    let length = max(1, iterations - warmup)
    let progress = min(1, Double(iteration - warmup) / Double(length))
    return base * halfCosine(from: 1, to: finalShare, at: progress)
  }
}
