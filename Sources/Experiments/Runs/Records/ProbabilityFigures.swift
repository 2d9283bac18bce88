import Generalization

/// How far the probabilities of a network may be trusted on one data set (the article Probabilities.md).
public struct ProbabilityFigures: Sendable, Codable, Equatable {
  /// The number of images, or for segmenters of sampled pixels.
  public let samples: Int
  /// The expected calibration error of the softmax as it was trained, in [0, 1].
  public let error: Double
  /// The expected calibration error with the network's temperature, in [0, 1]; nil for a network that is not calibrated.
  public let calibratedError: Double?
  /// The temperature; nil for a network that is not calibrated.
  public let temperature: Double?
  /// Stated confidence beside actual accuracy, with the temperature if there is one.
  public let reliability: Reliability

  private enum CodingKeys: String, CodingKey {
    case samples
    case error = "ece"
    case calibratedError = "ece_calibrated"
    case temperature
    case reliability
  }

  /// The figures of labelled `logits`; nil where there are none.
  public init?(_ logits: ClassLogits, calibration: Calibration?) {
    guard logits.count > 0, logits.labels.count == logits.count else { return nil }
    let raw = Reliability(logits)
    let calibrated = calibration.map { Reliability(logits, temperature: $0.temperature) }
    samples = logits.count
    error = raw.expectedCalibrationError
    calibratedError = calibrated?.expectedCalibrationError
    temperature = calibration?.temperature
    reliability = calibrated ?? raw
  }
}
