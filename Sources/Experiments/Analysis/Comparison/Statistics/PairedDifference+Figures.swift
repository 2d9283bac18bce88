import Runs

extension PairedDifference {
  /// The figures of differences; nil where there are none.
  public init?(_ differences: [Double]) {
    guard let spread = Spread(differences) else { return nil }
    let mean = spread.mean
    let interval = spread.deviation.flatMap { deviation -> ClosedRange<Double>? in
      let quantile = StudentT(degrees: Double(differences.count - 1))
        .quantile(ofConfidence: Self.confidence)
      let half = quantile * deviation / Double(differences.count).squareRoot()
      return mean.isFinite && half.isFinite ? mean - half...mean + half : nil
    }
    self.init(
      count: differences.count, mean: mean, interval: interval,
      sameSign: differences.count { $0 * mean > 0 }, pValue: SignFlips.pValue(differences))
  }
}
