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

extension Evaluation {
  /// What was said of every image or scene, a line of JSON for each.
  /// - Parameter temperature: that of the probabilities.
  package func predictionLines(temperature: Double) throws -> Data {
    var lines = Data()
    for (row, image) in judged.enumerated() {
      let probabilities = ClassProbabilities.softmax(logits?[row] ?? [], temperature: temperature)
      lines += try JSONFormat.line(
        ImagePrediction(
          dataset: dataset, image: image.name, label: image.label, prediction: image.prediction,
          probability: probabilities[image.prediction]))
    }
    for scene in scenes { lines += try JSONFormat.line(ScenePrediction(scene, of: dataset)) }
    return lines
  }
}
