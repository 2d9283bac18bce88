import Foundation
import Generalization

/// What a classifier said of one image of a data set: a line of `predictions.jsonl`.
public struct ImagePrediction: Sendable, Codable, Equatable {
  /// The data set's path.
  public let dataset: String
  /// The image's name, such as its file.
  public let image: String
  /// Its true class.
  public let label: Int
  /// The class that it was taken for, by the rule of the accuracy (Algorithm.md §7).
  public let prediction: Int
  /// The probability of that class, with the temperature where there is one.
  public let probability: Double

  /// A prediction.
  public init(dataset: String, image: String, label: Int, prediction: Int, probability: Double) {
    self.dataset = dataset
    self.image = image
    self.label = label
    self.prediction = prediction
    self.probability = probability
  }
}

extension [ImagePrediction] {
  /// What was said of every image of an evaluation; empty for segmenters.
  /// - Parameter temperature: that of the probabilities.
  package init(_ evaluation: Evaluation, temperature: Double) {
    self = zip(evaluation.judged, 0..<(evaluation.logits?.count ?? 0)).map { image, row in
      let logits = evaluation.logits?[row] ?? []
      let probabilities = ClassProbabilities.softmax(logits, temperature: temperature)
      return ImagePrediction(
        dataset: evaluation.dataset, image: image.name, label: image.label,
        prediction: image.prediction, probability: probabilities[image.prediction])
    }
  }

  /// One line of JSON for each.
  package func lines() throws -> Data {
    try reduce(into: Data()) { $0 += try JSONFormat.line($1) }
  }
}
