import Generalization

/// A line of `evaluations.jsonl`, or a member of `results.json`.
struct EvaluationFigures: Decodable {
  let iteration: Int
  let dataset: String
  let domain: String
  /// In [0, 1], as all accuracies are.
  let meanClassAccuracy: Figure
  let accuracy: Figure
  let classAccuracies: [String: Figure]
  /// The mean over classes of intersection over union, of segmentation.
  let meanIoU: Figure?
  let classIoUs: [String: Figure]?
  /// The hyperspherical energy by its power.
  let hse: [HypersphericalEnergy.Power: Figure]?

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
  }

  /// The figure that leads.
  var headline: Figure { meanIoU ?? meanClassAccuracy }
  /// Its counterpart for each class.
  var classFigures: [String: Figure] { classIoUs ?? classAccuracies }
}
