import Generalization

/// What a reject option does on one data set.
public struct RejectionFigures: Sendable, Codable, Equatable {
  /// What is compared with the threshold.
  public let score: ConfidenceScore
  /// The smallest score that is accepted.
  public let threshold: Double
  /// The share of the images that are accepted, in [0, 1].
  public let coverage: Double
  /// The share of the accepted images whose most probable class is the true one; nil where none is accepted.
  public let accuracy: Double?

  /// The figures of labelled `logits`; nil where there are none.
  public init?(_ option: RejectOption, _ logits: ClassLogits, temperature: Double) {
    guard let coverage = option.coverage(of: logits, temperature: temperature) else { return nil }
    score = option.score
    threshold = option.threshold
    self.coverage = coverage
    accuracy = option.accuracy(of: logits, temperature: temperature)
  }
}
