/// What a segmenter said of the labelled pixels of one scene: a line of `predictions.jsonl`. All counts are by class, as many as
/// intersection over union needs.
public struct ScenePrediction: Sendable, Codable, Equatable {
  /// The data set's path.
  public let dataset: String
  /// The image's name, such as its file.
  public let image: String
  /// The pixels that are of a class.
  public let labelled: [Int]
  /// The pixels that were taken for a class.
  public let predicted: [Int]
  /// The pixels for which both are so.
  public let right: [Int]

  /// A prediction.
  public init(
    dataset: String, image: String, labelled: [Int], predicted: [Int], right: [Int]
  ) {
    self.dataset = dataset
    self.image = image
    self.labelled = labelled
    self.predicted = predicted
    self.right = right
  }

  /// The counts of a scene of a data set.
  init(_ scene: JudgedScene, of dataset: String) {
    self.init(confusion: scene.confusion, image: scene.name, of: dataset)
  }

  /// The counts of a confusion matrix, by true class, then predicted class.
  package init(confusion: ConfusionMatrix, image: String, of dataset: String) {
    let counts = confusion.counts
    self.init(
      dataset: dataset, image: image, labelled: counts.map { $0.reduce(0, +) },
      predicted: counts.indices.map { index in counts.reduce(0) { $0 + $1[index] } },
      right: counts.indices.map { counts[$0][$0] })
  }
}
