/// The final figures of the averaged weights of a run.
public struct AverageResults: Sendable, Codable, Equatable {
  /// `ema`, `swa` or `swad`.
  public let name: String
  /// What was averaged, in words, as shown beside the figures.
  public let label: String
  /// The number of steps before the chosen checkpoint.
  public let iteration: Int
  /// The number of steps before the first weights of the average; nil where its name says it.
  public let first: Int?
  /// The number of steps before the last of them; nil where its name says it.
  public let last: Int?
  /// The figures on every data set.
  public let evaluations: [EvaluationRecord]

  /// The figures of averaged weights.
  /// - Parameter bounds: the number of steps before the first and the last of them, where losses have chosen them.
  public init(
    name: String, label: String, iteration: Int, bounds: ClosedRange<Int>? = nil,
    evaluations: [EvaluationRecord]
  ) {
    self.name = name
    self.label = label
    self.iteration = iteration
    first = bounds?.lowerBound
    last = bounds?.upperBound
    self.evaluations = evaluations
  }
}
