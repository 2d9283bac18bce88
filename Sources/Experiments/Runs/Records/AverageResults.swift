/// The final figures of the averaged weights of a run.
public struct AverageResults: Sendable, Codable, Equatable {
  /// `ema` or `swa`.
  public let name: String
  /// What was averaged, in words, as shown beside the figures.
  public let label: String
  /// The number of steps before the chosen checkpoint.
  public let iteration: Int
  /// The figures on every data set.
  public let evaluations: [EvaluationRecord]

  /// The figures of averaged weights.
  public init(name: String, label: String, iteration: Int, evaluations: [EvaluationRecord]) {
    self.name = name
    self.label = label
    self.iteration = iteration
    self.evaluations = evaluations
  }
}
