/// What the differences of two systems, run by run with the same seed, say of them.
public struct PairedDifference: Sendable, Codable, Equatable {
  /// The share of intervals like `interval` that hold the true mean.
  public static let confidence = 0.95

  /// The number of pairs.
  public let count: Int
  /// The mean of the differences.
  public let mean: Double
  /// The 95 % confidence interval of the mean by Student's t; nil for a single pair.
  public let interval: ClosedRange<Double>?
  /// The number of pairs whose difference has the sign of the mean.
  public let sameSign: Int
  /// The p-value of the exact permutation test; nil for more pairs than it is computed for.
  public let pValue: Double?

  private enum CodingKeys: String, CodingKey {
    case count
    case mean
    case interval
    case sameSign = "same_sign"
    case pValue = "p"
  }

  /// Figures that were computed elsewhere.
  package init(
    count: Int, mean: Double, interval: ClosedRange<Double>?, sameSign: Int, pValue: Double?
  ) {
    self.count = count
    self.mean = mean
    self.interval = interval
    self.sameSign = sameSign
    self.pValue = pValue
  }
}
