import Generalization
import Runs
import Tables

/// What a classifier said of every image, as comma-separated values.
enum PredictionTable {
  /// One line for each image: data set, image, true class, the class that it was taken for (the one that the accuracy counts),
  /// the energy score, and the probability of every class under its name.
  /// - Parameter temperature: that of the probabilities.
  static func csv(_ evaluations: [Evaluation], classes: [String], temperature: Double) -> String {
    let header = ["dataset", "image", "class", "predicted", "energy"] + classes
    let rows = evaluations.flatMap { evaluation in
      evaluation.judged.enumerated().compactMap { index, image -> [String]? in
        guard let logits = evaluation.logits?[index] else { return nil }
        let probabilities = ClassProbabilities.softmax(logits, temperature: temperature)
        return [
          evaluation.dataset, image.name, evaluation.classes[image.label],
          evaluation.classes[image.prediction], "\(Float(ClassProbabilities.energy(logits)))",
        ] + probabilities.map { "\(Float($0))" }
      }
    }
    return CommaSeparated.text([header] + rows)
  }
}
