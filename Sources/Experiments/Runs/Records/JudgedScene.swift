/// How the pixels of one scene were judged by a segmenter, class by class.
public struct JudgedScene: Sendable, Equatable {
  /// The image's name, such as its file.
  public let name: String
  /// How often its labelled pixels were taken for each class.
  public let confusion: ConfusionMatrix
  /// The mean cross-entropy of its labelled pixels; nil where it has none, or nobody asked.
  public let loss: Double?

  /// A scene with its pixels.
  public init(name: String, confusion: ConfusionMatrix, loss: Double? = nil) {
    self.name = name
    self.confusion = confusion
    self.loss = loss
  }
}

extension [JudgedScene] {
  /// The mean cross-entropy of the labelled pixels of all scenes together; nil where no scene has one.
  package var meanLoss: Double? {
    var (sum, pixels) = (0.0, 0)
    for scene in self {
      guard let loss = scene.loss else { continue }
      let count = scene.confusion.counts.joined().reduce(0, +)
      sum += loss * Double(count)
      pixels += count
    }
    return pixels > 0 ? sum / Double(pixels) : nil
  }
}
