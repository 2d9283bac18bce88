import Runs

/// How well the network of a run judged each image of a data set.
package struct ImageOutcomes: Sendable, Equatable {
  /// What is known of every image.
  enum Kind: Sendable, Equatable {
    /// The true class of each, and whether it was recognised.
    case classes(labels: [Int], isRight: [Bool])
    /// The pixels of each by class.
    case scenes([ScenePrediction])
  }

  let kind: Kind
  /// Whether two runs judged the same images in the same order.
  private let nameHash: Int

  /// The outcomes of a classifier.
  package init(names: [String], labels: [Int], isRight: [Bool]) {
    nameHash = names.hashValue
    kind = .classes(labels: labels, isRight: isRight)
  }

  /// The outcomes of a segmenter.
  package init(scenes: [ScenePrediction]) {
    nameHash = scenes.map(\.image).hashValue
    kind = .scenes(scenes)
  }

  /// Whether both are of the same images with the same labels.
  func isOfSameImages(as other: ImageOutcomes) -> Bool {
    guard nameHash == other.nameHash else { return false }
    switch (kind, other.kind) {
    case (.classes(let labels, _), .classes(let others, _)): return labels == others
    case (.scenes(let scenes), .scenes(let others)):
      return scenes.map(\.labelled) == others.map(\.labelled)
    default: return false
    }
  }

  /// The outcomes of a finished run in `folder` by the paths of the data sets, for those whose predictions are kept and are the
  /// ones that the figures count: a file may be older than the figures beside it.
  package static func read(in folder: RunFolder, of results: RunResults) -> [String: ImageOutcomes]
  {
    func lines<Line: Decodable>(by dataset: (Line) -> String) -> [String: [Line]] {
      Dictionary(
        grouping: JSONLines<Line>(contentsOf: folder.predictions).lines.map(\.value), by: dataset)
    }
    let images = results.isOfSegmenter ? [:] : lines(by: \ImagePrediction.dataset)
    let scenes = results.isOfSegmenter ? lines(by: \ScenePrediction.dataset) : [:]
    var outcomes: [String: ImageOutcomes] = [:]
    for record in results.headlines {
      if let images = images[record.dataset], agree(images, with: record) {
        outcomes[record.dataset] = ImageOutcomes(
          names: images.map(\.image), labels: images.map(\.label),
          isRight: images.map { $0.label == $0.prediction })
      } else if let scenes = scenes[record.dataset], agree(scenes, with: record) {
        outcomes[record.dataset] = ImageOutcomes(scenes: scenes)
      }
    }
    return outcomes
  }

  /// Whether images give the confusion matrix of a record.
  private static func agree(_ images: [ImagePrediction], with record: EvaluationRecord) -> Bool {
    let classes = record.confusion.indices
    guard images.allSatisfy({ classes.contains($0.label) && classes.contains($0.prediction) })
    else { return false }
    var confusion = ConfusionMatrix(classes: classes.count)
    for image in images { confusion.add(label: image.label, prediction: image.prediction) }
    return confusion == record.matrix
  }

  /// Whether the pixels of scenes give the counts of the confusion matrix of a record.
  private static func agree(_ scenes: [ScenePrediction], with record: EvaluationRecord) -> Bool {
    let classes = record.confusion.count
    let counts = [\ScenePrediction.labelled, \.predicted, \.right]
    guard
      scenes.allSatisfy({ scene in
        counts.allSatisfy {
          scene[keyPath: $0].count == classes && scene[keyPath: $0].allSatisfy { $0 >= 0 }
        }
      })
    else { return false }
    let whole = ScenePrediction(confusion: record.matrix, image: "", of: record.dataset)
    // As floating-point numbers, which are exact up to the counts that a matrix may have: a file may have any.
    return counts.allSatisfy { counts in
      let sums = scenes.reduce(into: [Double](repeating: 0, count: classes)) { sums, scene in
        for (index, count) in scene[keyPath: counts].enumerated() { sums[index] += Double(count) }
      }
      return sums == whole[keyPath: counts].map(Double.init)
    }
  }
}
