import Generalization

/// What a classifier says of a picture.
public struct ClassPrediction: Sendable, Equatable {
  /// The probability of each class, by label; they sum to 1.
  public let probabilities: [Double]
  /// The energy score −log Σ exp z of the logits as they are, whatever the temperature of the probabilities: high for
  /// pictures of none of the classes (Liu et al. 2020).
  public let energy: Double

  /// The prediction of `logits`, with probabilities at a temperature.
  public init(logits: [Double], temperature: Double) {
    probabilities = ClassProbabilities.softmax(logits, temperature: temperature)
    energy = ClassProbabilities.energy(logits)
  }

  /// The labels, the likeliest first.
  public var ranking: [Int] {
    // Equal ones stay in the order of the classes.
    probabilities.indices.sorted { a, b in
      probabilities[a] == probabilities[b] ? a < b : probabilities[a] > probabilities[b]
    }
  }
}
