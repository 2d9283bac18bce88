import Foundation

/// The temperature of a calibrated softmax (Guo et al. 2017, section 4.2).
public enum Temperature {
  /// The range in which a temperature is looked for.
  public static let range = 0.05...20.0

  /// The temperature that minimises the negative log likelihood of the labels under softmax(z / T).
  ///
  /// In β = 1 / T the likelihood is convex, so its derivative has at most one zero: Newton's steps find it, and a bisection
  /// takes over where a step leaves the interval. All sums are of 64-bit floats.
  /// - Returns: nil where there is no image, or where the optimum lies outside ``range``: where every image is recognised, any
  ///   lower temperature is more likely still, and nothing says how sure the network should be.
  public static func fitted(to logits: ClassLogits) -> Double? {
    guard logits.labels.count == logits.count, logits.count > 0 else { return nil }
    var low = 1 / range.upperBound
    var high = 1 / range.lowerBound
    guard slope(low, logits).first < 0, slope(high, logits).first > 0 else { return nil }
    var beta = 1.0
    for _ in 0..<100 {
      let (first, second) = slope(beta, logits)
      if first == 0 { break }
      if first < 0 { low = beta } else { high = beta }
      let step = beta - first / second
      let next = step > low && step < high ? step : (low + high) / 2
      let change = abs(next - beta)
      beta = next
      if change <= 1e-13 * beta { break }
    }
    return 1 / beta
  }

  /// The mean negative log likelihood of the labels, −log softmax(z / T)_y.
  public static func negativeLogLikelihood(_ logits: ClassLogits, temperature: Double) -> Double {
    let sum = zip(0..<logits.count, logits.labels).reduce(0.0) { sum, row in
      let values = logits[row.0].map { $0 / temperature }
      return sum - values[row.1] - ClassProbabilities.energy(values)
    }
    return sum / Double(max(logits.count, 1))
  }

  /// The first and second derivative by β of the summed negative log likelihood: Σ (E[z] − z_y) and Σ Var[z], both under
  /// softmax(βz).
  private static func slope(
    _ beta: Double, _ logits: ClassLogits
  ) -> (first: Double, second: Double) {
    var first = 0.0
    var second = 0.0
    for (index, label) in logits.labels.enumerated() {
      let row = logits.values[index * logits.classes..<(index + 1) * logits.classes]
      let truth = Double(row[row.startIndex + label])
      let largest = Double(row.max() ?? 0)
      var sum = 0.0
      var mean = 0.0
      var square = 0.0
      for value in row {
        // Distances from the largest logit keep the sums of squares small.
        let distance = Double(value) - largest
        let weight = exp(beta * distance)
        sum += weight
        mean += weight * distance
        square += weight * distance * distance
      }
      mean /= sum
      first += mean - (truth - largest)
      second += max(square / sum - mean * mean, 0)
    }
    return (first, second)
  }
}
