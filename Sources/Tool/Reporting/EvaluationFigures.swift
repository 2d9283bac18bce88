import Generalization

/// One line of `evaluations.jsonl`, or one element of `results.json`.
struct EvaluationFigures: Decodable {
  let iteration: Int
  let dataset: String
  let domain: String
  /// In [0, 1], like all accuracies.
  let meanClassAccuracy: Figure
  let accuracy: Figure
  let classAccuracies: [String: Figure]
  /// The mean over classes of intersection over union, for segmentation.
  let meanIoU: Figure?
  let classIoUs: [String: Figure]?
  /// The hyperspherical energy by its power.
  let hse: [HypersphericalEnergy.Power: Figure]?
  /// How far the probabilities may be trusted; nil where the network gives none.
  let probabilities: ProbabilityFigures?

  private enum CodingKeys: String, CodingKey {
    case iteration
    case dataset
    case domain
    case meanClassAccuracy = "mean_class_accuracy"
    case accuracy
    case classAccuracies = "class_accuracies"
    case meanIoU = "miou"
    case classIoUs = "class_iou"
    case hse
    case probabilities
  }

  /// The main figure.
  var headline: Figure { meanIoU ?? meanClassAccuracy }
  /// The main figure for each class.
  var classFigures: [String: Figure] { classIoUs ?? classAccuracies }
}
