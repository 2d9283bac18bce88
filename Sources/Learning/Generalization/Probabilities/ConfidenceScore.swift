/// A figure that is high where a classifier knows what it sees, and low for images of none of its classes.
public enum ConfidenceScore: String, Sendable, Codable, CaseIterable {
  /// The largest probability of the calibrated softmax (Hendrycks and Gimpel 2017), in [0, 1].
  case softmax
  /// The negative of the energy score at temperature 1, log Σ exp z (Liu et al. 2020).
  case energy

  /// The score of an image's logits.
  /// - Parameter temperature: that of the calibration.
  public func callAsFunction(_ logits: [Double], temperature: Double) -> Double {
    switch self {
    case .softmax: ClassProbabilities.best(logits, temperature: temperature)?.probability ?? 0
    case .energy: -ClassProbabilities.energy(logits)
    }
  }

  /// The score of every row.
  public func values(of logits: ClassLogits, temperature: Double) -> [Double] {
    (0..<logits.count).map { self(logits[$0], temperature: temperature) }
  }
}
