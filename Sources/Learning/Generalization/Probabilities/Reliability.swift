/// How far probabilities may be trusted: stated confidence beside actual accuracy, in bins of confidence.
public struct Reliability: Sendable, Equatable, Codable {
  /// The images whose confidence lies in one interval.
  public struct Bin: Sendable, Equatable, Codable {
    /// Their number.
    public var images = 0
    /// The sum of their confidences.
    public var confidence = 0.0
    /// The number of those that were recognised.
    public var correct = 0
  }

  /// The number of bins of equal width in the literature's figure.
  public static let usualBins = 15

  /// The bins; bin m of M holds the confidences in ((m − 1) / M, m / M].
  public private(set) var bins: [Bin]

  /// The reliability of predictions.
  ///
  /// A prediction whose confidence is not a number is left out.
  /// - Parameter predictions: the largest probability of each image, in [0, 1], and whether its class was the true one.
  public init(
    _ predictions: some Sequence<(confidence: Double, isCorrect: Bool)>, bins count: Int = usualBins
  ) {
    var bins = [Bin](repeating: Bin(), count: max(count, 1))
    for (confidence, isCorrect) in predictions where confidence.isFinite {
      let above = (confidence * Double(bins.count)).rounded(.up)
      let index = min(max(Int(above) - 1, 0), bins.count - 1)
      bins[index].images += 1
      bins[index].confidence += confidence
      bins[index].correct += isCorrect ? 1 : 0
    }
    self.bins = bins
  }

  /// The reliability of the softmax of `logits` divided by `temperature`.
  public init(_ logits: ClassLogits, temperature: Double = 1, bins count: Int = usualBins) {
    self.init(
      zip(0..<logits.count, logits.labels).lazy.compactMap { index, label in
        ClassProbabilities.best(logits[index], temperature: temperature)
          .map { (confidence: $0.probability, isCorrect: $0.label == label) }
      }, bins: count)
  }

  /// The number of images.
  public var images: Int { bins.reduce(0) { $0 + $1.images } }

  /// The expected calibration error Σ |B_m| / n · |acc(B_m) − conf(B_m)| (Guo et al. 2017, equation 3), in [0, 1]; 0 where
  /// there are no images.
  public var expectedCalibrationError: Double {
    guard images > 0 else { return 0 }
    return bins.reduce(0) { $0 + abs(Double($1.correct) - $1.confidence) } / Double(images)
  }
}
