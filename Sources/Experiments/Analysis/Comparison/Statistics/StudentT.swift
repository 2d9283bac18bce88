import Foundation

/// Student's t distribution with ν degrees of freedom.
package struct StudentT {
  /// ν, at least 1.
  package let degrees: Double

  /// The distribution with `degrees` degrees of freedom.
  package init(degrees: Double) {
    self.degrees = degrees
  }

  /// The probability of a value of at most `t`.
  package func cumulative(_ t: Double) -> Double {
    let tail = RegularizedBeta(a: degrees / 2, b: 0.5)(degrees / (degrees + t * t)) / 2
    return t > 0 ? 1 - tail : tail
  }

  /// The value that is exceeded with the probability (1 − `confidence`) / 2, for a confidence in (0, 1): by bisection.
  package func quantile(ofConfidence confidence: Double) -> Double {
    let target = (1 + confidence) / 2
    var (low, high) = (0.0, 1.0)
    while cumulative(high) < target { (low, high) = (high, 2 * high) }
    // Each step halves the interval; after 64 it is no wider than the numbers are dense.
    for _ in 0..<64 {
      let middle = (low + high) / 2
      if cumulative(middle) < target { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// The regularised incomplete beta function I_x(a, b).
struct RegularizedBeta {
  /// a, above 0.
  let a: Double
  /// b, above 0.
  let b: Double

  /// I_x(a, b) for x in [0, 1].
  func callAsFunction(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The continued fraction converges quickly below the mean; above it, I_x(a, b) = 1 − I_{1−x}(b, a) is used.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - RegularizedBeta(a: b, b: a)(1 - x) }
    let logarithm = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    return exp(logarithm) / (a * fraction(x))
  }

  /// The continued fraction 1 + d₁x / (1 + d₂x / (1 + …)), by Lentz's method as Thompson and Barnett improved it.
  private func fraction(_ x: Double) -> Double {
    let tiny = 1e-300
    var (value, c, d) = (1.0, 1.0, 0.0)
    for step in 1...10_000 {
      let coefficient = coefficient(step) * x
      d = 1 + coefficient * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + coefficient / c
      if abs(c) < tiny { c = tiny }
      value *= c * d
      if abs(c * d - 1) < 1e-15 { break }
    }
    return value
  }

  /// d_n of the continued fraction (Abramowitz and Stegun 26.5.8).
  private func coefficient(_ step: Int) -> Double {
    let m = Double(step / 2)
    return step.isMultiple(of: 2)
      ? m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1))
  }
}
