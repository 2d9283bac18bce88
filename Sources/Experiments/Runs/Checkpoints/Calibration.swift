import Foundation
import Generalization

/// The temperature that makes a network's probabilities mean what they say, and what it was fitted on.
public struct Calibration: Sendable, Codable, Equatable {
  /// T of softmax(z / T), above 0.
  public let temperature: Double
  /// The number of held-out synthetic images that it was fitted on; for segmenters the number of their pixels.
  public let samples: Int
  /// The expected calibration error on them of the plain softmax, in [0, 1].
  public let errorBefore: Double
  /// The expected calibration error on them with the temperature, in [0, 1].
  public let errorAfter: Double

  private enum CodingKeys: String, CodingKey {
    case temperature
    case samples
    case errorBefore = "ece_before"
    case errorAfter = "ece_after"
  }

  /// A calibration.
  public init(temperature: Double, samples: Int, errorBefore: Double, errorAfter: Double) {
    self.temperature = temperature
    self.samples = samples
    self.errorBefore = errorBefore
    self.errorAfter = errorAfter
  }

  /// The calibration of the network that gave `logits`; nil where these determine no temperature (``/Generalization/Temperature/fitted(to:)``).
  public init?(fittedTo logits: ClassLogits) {
    guard let temperature = Temperature.fitted(to: logits) else { return nil }
    self.init(
      temperature: temperature, samples: logits.count,
      errorBefore: Reliability(logits).expectedCalibrationError,
      errorAfter: Reliability(logits, temperature: temperature).expectedCalibrationError)
  }

  /// The calibration in the metadata of the checkpoint at `path`; nil where there is none: then the temperature is 1.
  /// - Parameter key: where it stands there.
  /// - Throws: `TrainingError.damagedCheckpoint`.
  package init?(
    metadata: [String: String], key: String = CheckpointKey.calibration, path: String
  ) throws {
    guard let text = metadata[key] else { return nil }
    guard let calibration = try? JSONFormat.decode(Calibration.self, from: Data(text.utf8)),
      calibration.temperature > 0, calibration.temperature.isFinite
    else {
      throw TrainingError.damagedCheckpoint(
        path: path,
        problem:
          "'\(key)' in its metadata is '\(text.prefix(40))', expected a temperature above 0"
      )
    }
    self = calibration
  }
}
