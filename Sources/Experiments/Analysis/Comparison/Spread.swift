/// A summary of the values of several runs: their mean and how far they spread.
public struct Spread: Sendable, Equatable {
  /// The number of values.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// The standard deviation of the sample; nil for a single value.
  public let deviation: Double?

  /// The spread of `values`; nil where there are none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
  }
}
