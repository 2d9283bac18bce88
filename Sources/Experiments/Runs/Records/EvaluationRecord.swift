import Generalization

/// An evaluation as it is written to JSON in the run folder.
public struct EvaluationRecord: Sendable, Codable, Equatable {
  /// The number of steps taken before it.
  public let iteration: Int
  /// The data set's path.
  public let dataset: String
  /// `synthetic`, `real` or `unseen`.
  public let domain: Evaluation.Domain
  /// The number of images judged.
  public let images: Int
  /// The number of images that could not be read.
  public let skipped: Int
  /// The mean of the class accuracies, in [0, 1].
  public let meanClassAccuracy: Double
  /// The overall accuracy, in [0, 1].
  public let accuracy: Double
  /// The accuracy of each class that occurs, by its name.
  public let classAccuracies: [String: Double]
  /// The mean over classes of intersection over union, in [0, 1]; nil for classification.
  public let meanIoU: Double?
  /// The intersection over union of each class that occurs or is predicted, by its name; nil for classification.
  public let classIoUs: [String: Double]?
  /// Counts by true class, then predicted class.
  public let confusion: [[Int]]
  /// The hyperspherical energy by its power.
  public let hse: [HypersphericalEnergy.Power: Double]?
  /// Which checkpoint was judged: `current`, or the rule that selected it.
  public private(set) var selection: String

  private enum CodingKeys: String, CodingKey {
    case iteration
    case dataset
    case domain
    case images
    case skipped
    case meanClassAccuracy = "mean_class_accuracy"
    case accuracy
    case classAccuracies = "class_accuracies"
    case meanIoU = "miou"
    case classIoUs = "class_iou"
    case confusion
    case hse
    case selection
  }

  /// The record of an evaluation after `iteration` steps.
  public init(_ evaluation: Evaluation, iteration: Int, selection: String) {
    self.iteration = iteration
    dataset = evaluation.dataset
    domain = evaluation.domain
    images = evaluation.images
    skipped = evaluation.skipped
    meanClassAccuracy = evaluation.confusion.meanClassAccuracy
    accuracy = evaluation.confusion.accuracy
    classAccuracies = Self.byName(evaluation.classes, evaluation.confusion.classAccuracies)
    switch evaluation.measure {
    case .accuracy:
      meanIoU = nil
      classIoUs = nil
    case .intersectionOverUnion:
      meanIoU = evaluation.confusion.meanIntersectionOverUnion
      classIoUs = Self.byName(evaluation.classes, evaluation.confusion.intersectionsOverUnions)
    }
    confusion = evaluation.confusion.counts
    hse = evaluation.energy?.values
    self.selection = selection
  }

  /// The main figure, by which checkpoints are selected.
  public var headline: Double { meanIoU ?? meanClassAccuracy }

  /// The main figure of each class, by its name.
  public var classFigures: [String: Double] { classIoUs ?? classAccuracies }

  private static func byName(_ names: [String], _ values: [Double?]) -> [String: Double] {
    var result: [String: Double] = [:]
    for (name, value) in zip(names, values) { result[name] = value }
    return result
  }

  /// The same figures, marked as selected by a rule.
  package func selected(by rule: SelectionRule) -> EvaluationRecord {
    var record = self
    record.selection = rule.rawValue
    return record
  }
}

extension [EvaluationRecord] {
  /// All figures as a JSON array.
  public func json() throws -> String {
    String(decoding: try JSONFormat.document(self), as: UTF8.self)
  }
}
