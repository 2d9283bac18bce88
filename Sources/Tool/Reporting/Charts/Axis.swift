import Foundation

/// A range of numbers that contains some values, with round numbers as tick marks.
package struct Axis: Equatable {
  /// From the smallest to the largest value, widened if they are equal.
  package let range: ClosedRange<Double>
  /// Multiples of 1, 2 or 5 times a power of ten within the range.
  package let ticks: [Double]

  /// The axis for values between two ends below 1e300, with about `count` ticks.
  package init(from low: Double, to high: Double, ticks count: Int) {
    let pad = low == high ? (low == 0 ? 1 : low.magnitude * 0.1) : 0
    let range = (low - pad)...(high + pad)
    let rough = (range.upperBound - range.lowerBound) / Double(count)
    let power = pow(10, log10(rough).rounded(.down))
    let step = ([1, 2, 5].first { $0 * power >= rough } ?? 10) * power
    let first = (range.lowerBound / step).rounded(.up)
    self.range = range
    // The bound keeps the loop finite if the step is too small to change values of this size.
    ticks = (0...2 * count).map { (first + Double($0)) * step }
      .filter { $0 <= range.upperBound + step * 1e-9 }
  }

  /// The position of a value, from 0 at the smallest to 1 at the largest.
  package func position(of value: Double) -> Double {
    (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }
}
