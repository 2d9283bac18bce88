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
  /// The names of the classes, in the order of their labels; nil where an earlier version wrote the record.
  public let classes: [String]?
  /// The accuracy of each class in the same order; nil for a class that does not occur.
  public let accuracies: [Double?]?
  /// The accuracy of each class that occurs, by its name.
  public let classAccuracies: [String: Double]
  /// The mean over classes of intersection over union, in [0, 1]; nil for classification.
  public let meanIoU: Double?
  /// The intersection over union of each class that occurs or is predicted, by its name; nil for classification.
  public let classIoUs: [String: Double]?
  /// The intersection over union of each class in the order of `classes`; nil for a class that neither occurs nor is
  /// predicted, and for classification.
  public let intersectionsOverUnions: [Double?]?
  /// The mean cross-entropy of the labelled pixels of synthetic scenes; nil for others, and for classification.
  public let loss: Double?
  /// Counts by true class, then predicted class, both in the order of `classes`.
  public var confusion: [[Int]] { matrix.counts }
  /// The same as a matrix.
  package let matrix: ConfusionMatrix
  /// The hyperspherical energy by its power.
  public let hse: [HypersphericalEnergy.Power: Double]?
  /// Which classes were judged, where these are not all, in a sentence without its subject.
  public let judgedClasses: String?
  /// How far the probabilities may be trusted; nil where the task keeps no logits.
  public let probabilities: ProbabilityFigures?
  /// What a reject option does; nil where none is given.
  package var rejection: RejectionFigures?
  /// How well the images are told from those of each folder of unknown ones; nil where none is given.
  package var unknown: [UnknownFigures]?
  /// The weights that were judged; nil for those of the last step.
  public let weights: StudentWeights?
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
    case classes
    case accuracies = "accuracy_by_class"
    case classAccuracies = "class_accuracies"
    case meanIoU = "miou"
    case classIoUs = "class_iou"
    case intersectionsOverUnions = "iou_by_class"
    case loss
    case matrix = "confusion"
    case hse
    case judgedClasses = "judged_classes"
    case probabilities
    case rejection
    case unknown
    case weights
    case selection
  }

  /// The record of an evaluation after `iteration` steps.
  /// - Parameters:
  ///   - calibration: the temperature of the network's probabilities.
  ///   - left: the names of classes that the means leave out.
  public init(
    _ evaluation: Evaluation, calibration: Calibration? = nil, iteration: Int, selection: String,
    weights: StudentWeights? = nil, meansWithout left: [String] = []
  ) {
    let out = Set(left.compactMap { evaluation.classes.firstIndex(of: $0) })
    self.iteration = iteration
    self.weights = weights
    dataset = evaluation.dataset
    domain = evaluation.domain
    images = evaluation.images
    skipped = evaluation.skipped
    meanClassAccuracy = evaluation.confusion.mean(
      of: evaluation.confusion.classAccuracies, without: out)
    accuracy = evaluation.confusion.accuracy
    classes = evaluation.classes
    accuracies = evaluation.confusion.classAccuracies
    classAccuracies = Self.byName(evaluation.classes, evaluation.confusion.classAccuracies)
    let ious = evaluation.confusion.intersectionsOverUnions
    switch evaluation.measure {
    case .accuracy:
      meanIoU = nil
      classIoUs = nil
      intersectionsOverUnions = nil
    case .intersectionOverUnion:
      meanIoU = evaluation.confusion.mean(of: ious, without: out)
      classIoUs = Self.byName(evaluation.classes, ious)
      intersectionsOverUnions = ious
    }
    loss = evaluation.scenes.meanLoss
    matrix = evaluation.confusion
    hse = evaluation.energy?.values
    let means =
      out.isEmpty ? nil : "the means leave out " + left.joined(separator: ", ")
    let remarks = [evaluation.judgedClasses, means].compactMap(\.self)
    judgedClasses = remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    probabilities = evaluation.logits.flatMap {
      ProbabilityFigures($0, calibration: calibration)
    }
    self.selection = selection
  }

  /// The data set, and which weights were judged where these are not those of the last step.
  public var title: String { weights == .average ? "\(dataset), averaged weights" : dataset }

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
