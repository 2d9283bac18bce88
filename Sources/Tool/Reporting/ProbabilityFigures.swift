/// `probabilities` of an evaluation: how far they may be trusted.
struct ProbabilityFigures: Decodable {
  /// The images whose confidence lies in one interval.
  struct Bin: Decodable {
    let images: Int
    let confidence: Figure
    let correct: Int
  }

  struct Reliability: Decodable {
    let bins: [Bin]
  }

  /// In [0, 1], like the other calibration error.
  let error: Figure
  let calibratedError: Figure?
  let temperature: Figure?
  let reliability: Reliability

  private enum CodingKeys: String, CodingKey {
    case error = "ece"
    case calibratedError = "ece_calibrated"
    case temperature
    case reliability
  }

  /// The accuracy of each bin with images over its mean confidence.
  var curve: [Curve.Point] {
    reliability.bins.filter { $0.images > 0 }.map { bin in
      Curve.Point(
        iteration: bin.confidence.value / Double(bin.images),
        value: Double(bin.correct) / Double(bin.images))
    }
  }
}
