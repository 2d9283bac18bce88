import Foundation

/// Half a cosine from one number to another; `progress` is in [0, 1].
func halfCosine(from first: Double, to second: Double, at progress: Double) -> Double {
  second + (first - second) * (1 + cos(.pi * progress)) / 2
}
