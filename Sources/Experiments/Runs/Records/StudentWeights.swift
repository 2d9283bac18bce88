/// Weights of a student other than those of its last step.
public enum StudentWeights: String, Sendable, Codable {
  /// Their average over steps.
  case average
}
