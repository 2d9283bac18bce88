import Datasets

/// The final figures of a run, measured on the checkpoint that the selection rule chose.
public struct RunResults: Sendable, Codable, Equatable {
  /// The method's name.
  public let method: String
  /// The run's seed.
  public let seed: UInt64
  /// The rule: `source`, `target` or `last`.
  public let selection: String
  /// The rule in words, as shown beside the figures.
  public let selectionLabel: String
  /// The number of steps before the chosen checkpoint.
  public let iteration: Int
  /// The number of steps of the whole run.
  public let iterations: Int
  /// The time of the training steps in seconds, without evaluations.
  public let seconds: Double
  /// How often an unreadable training image was left out of its batch, since the run was last resumed.
  public let skipped: Int
  /// The data sets; nil for runs of versions that did not record them.
  public let data: [DatasetFingerprint]?
  /// The figures on every data set.
  public let evaluations: [EvaluationRecord]
  /// The figures of the averaged weights; nil where none are averaged, or the run ended before the first step that counts.
  public let average: AverageResults?
  /// What probably went wrong; nil for runs of versions that did not look.
  public let warnings: [RunWarning]?
  /// Why the run ended before its last step; nil where it did not.
  public let stopped: EarlyStop?

  private enum CodingKeys: String, CodingKey {
    case method
    case seed
    case selection
    case selectionLabel = "selection_label"
    case iteration
    case iterations
    case seconds
    case skipped
    case data
    case evaluations
    case average
    case warnings
    case stopped
  }

  /// The figures of a run.
  public init(
    method: String, seed: UInt64, selection: String, selectionLabel: String, iteration: Int,
    iterations: Int, seconds: Double, skipped: Int, data: [DatasetFingerprint]? = nil,
    evaluations: [EvaluationRecord], average: AverageResults? = nil,
    warnings: [RunWarning]? = nil, stopped: EarlyStop? = nil
  ) {
    self.method = method
    self.seed = seed
    self.selection = selection
    self.selectionLabel = selectionLabel
    self.iteration = iteration
    self.iterations = iterations
    self.seconds = seconds
    self.skipped = skipped
    self.data = data
    self.evaluations = evaluations
    self.average = average
    self.warnings = warnings
    self.stopped = stopped
  }

  /// The figures that the recipe asks for: those of the averaged weights where there are any.
  public var headlines: [EvaluationRecord] { average?.evaluations ?? evaluations }
  /// Whether pixels were judged, not images.
  package var isOfSegmenter: Bool { headlines.contains { $0.meanIoU != nil } }
}

extension [RunResults] {
  /// All figures as a JSON array.
  public func json() throws -> String {
    String(decoding: try JSONFormat.document(self), as: UTF8.self)
  }
}
