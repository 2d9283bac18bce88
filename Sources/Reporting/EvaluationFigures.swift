/// A line of `evaluations.jsonl`, or a member of `results.json`.
struct EvaluationFigures: Decodable {
  let iteration: Int
  let dataset: String
  let domain: String
  /// In [0, 1], as all accuracies are.
  let meanClassAccuracy: Figure
  let accuracy: Figure
  let classAccuracies: [String: Figure]
  /// The hyperspherical energy by its power.
  let hse: [String: Figure]?

  private enum CodingKeys: String, CodingKey {
    case iteration
    case dataset
    case domain
    case meanClassAccuracy = "mean_class_accuracy"
    case accuracy
    case classAccuracies = "class_accuracies"
    case hse
  }
}
