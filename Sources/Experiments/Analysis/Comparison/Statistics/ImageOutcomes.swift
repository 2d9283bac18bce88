import Runs

/// Which images of a data set the network of a run recognised.
package struct ImageOutcomes: Sendable {
  /// Whether two runs judged the same images in the same order.
  let nameHash: Int
  /// The true class of every image.
  package let labels: [Int]
  /// Whether it was recognised.
  package let isRight: [Bool]

  /// Outcomes by image.
  package init(names: [String], labels: [Int], isRight: [Bool]) {
    nameHash = names.hashValue
    self.labels = labels
    self.isRight = isRight
  }

  /// The outcomes of a finished run in `folder` by the paths of the data sets, for those whose predictions are kept and are the
  /// ones that the figures count.
  static func read(in folder: RunFolder, of results: RunResults) -> [String: ImageOutcomes] {
    let file = JSONLines<ImagePrediction>(contentsOf: folder.predictions)
    let predictions = Dictionary(grouping: file.lines.map(\.value), by: \.dataset)
    var outcomes: [String: ImageOutcomes] = [:]
    for record in results.headlines {
      guard let images = predictions[record.dataset], agrees(images, with: record) else { continue }
      outcomes[record.dataset] = ImageOutcomes(
        names: images.map(\.image), labels: images.map(\.label),
        isRight: images.map { $0.label == $0.prediction })
    }
    return outcomes
  }

  /// Whether a file of predictions, which may be older than the figures beside it, gives the confusion matrix of a record.
  private static func agrees(_ images: [ImagePrediction], with record: EvaluationRecord) -> Bool {
    let classes = record.confusion.indices
    guard images.allSatisfy({ classes.contains($0.label) && classes.contains($0.prediction) })
    else { return false }
    var confusion = ConfusionMatrix(classes: classes.count)
    for image in images { confusion.add(label: image.label, prediction: image.prediction) }
    return confusion.counts == record.confusion
  }
}
