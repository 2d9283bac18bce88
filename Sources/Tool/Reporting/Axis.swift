import Foundation

/// A stretch of numbers that holds some values, with round numbers to mark on it.
package struct Axis: Equatable {
  /// From the least to the greatest value, widened where they are the same.
  package let range: ClosedRange<Double>
  /// Multiples of 1, 2 or 5 times a power of ten within the range.
  package let ticks: [Double]

  /// The axis for values between two ends of less than 1e300, with about `count` ticks.
  package init(from low: Double, to high: Double, ticks count: Int) {
    let pad = low == high ? (low == 0 ? 1 : low.magnitude * 0.1) : 0
    let range = (low - pad)...(high + pad)
    let rough = (range.upperBound - range.lowerBound) / Double(count)
    let power = pow(10, log10(rough).rounded(.down))
    let step = ([1, 2, 5].first { $0 * power >= rough } ?? 10) * power
    let first = (range.lowerBound / step).rounded(.up)
    self.range = range
    // The bound keeps an axis finite where its step is too small beside its values to change them.
    ticks = (0...2 * count).map { (first + Double($0)) * step }
      .filter { $0 <= range.upperBound + step * 1e-9 }
  }

  /// Where a value lies, from 0 at the least to 1 at the greatest.
  package func position(of value: Double) -> Double {
    (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }
}
