/// A classifier that may decline to answer: an image is accepted where its score reaches a threshold.
public struct RejectOption: Sendable, Equatable {
  /// What is compared with the threshold.
  public let score: ConfidenceScore
  /// The smallest score that is accepted.
  public let threshold: Double

  /// A reject option.
  public init(score: ConfidenceScore = .softmax, threshold: Double) {
    self.score = score
    self.threshold = threshold
  }

  /// Whether an image's logits are accepted.
  public func accepts(_ logits: [Double], temperature: Double) -> Bool {
    score(logits, temperature: temperature) >= threshold
  }

  /// The share of rows that are accepted, in [0, 1]; nil where there are none.
  public func coverage(of logits: ClassLogits, temperature: Double) -> Double? {
    guard logits.count > 0 else { return nil }
    let accepted = (0..<logits.count).count { accepts(logits[$0], temperature: temperature) }
    return Double(accepted) / Double(logits.count)
  }

  /// The share of the accepted rows whose most probable class is the true one; nil where none is accepted.
  public func accuracy(of logits: ClassLogits, temperature: Double) -> Double? {
    let accepted = zip(0..<logits.count, logits.labels).lazy
      .map { (row: logits[$0], label: $1) }
      .filter { accepts($0.row, temperature: temperature) }
      .map { ClassProbabilities.best($0.row)?.label == $0.label }
    var (count, right) = (0, 0)
    for isRight in accepted {
      count += 1
      right += isRight ? 1 : 0
    }
    return count > 0 ? Double(right) / Double(count) : nil
  }
}
