import Runs

/// What the training loop tells its observers.
public enum TrainingEvent: Sendable {
  /// The run begins, or continues, at `iteration`.
  case started(RunDescription)
  /// An unreadable image was left out of its batch; the reason names it.
  case skipped(reason: String)
  /// A CUDA device could not record the passes of a step; the run continues without recording.
  case unrecorded(reason: String)
  /// Something in the run's folder is not as the run left it; the run continues all the same.
  case damaged(reason: String)
  /// Something probably went wrong; the run continues all the same.
  case warned(RunWarning)
  /// A step was taken.
  case step(StepMetrics)
  /// The network was evaluated on a data set after `iteration` steps.
  case evaluated(EvaluationRecord)
  /// The run has ended.
  case finished(RunResults)
}

/// The description of a run, given at its start.
public struct RunDescription: Sendable {
  /// The method's name.
  public let method: String
  /// The seed.
  public let seed: UInt64
  /// The number of steps already taken.
  public let iteration: Int
  /// The number of steps of the whole run.
  public let iterations: Int
  /// The number of images in a step.
  public let batchSize: Int
  /// The device of the networks, `cpu` or `cuda:N`.
  public let device: String
  /// The run's folder.
  public let folder: String
  /// What was left out of the data sets, in sentences.
  public let remarks: [String]
  /// The resolved recipe as YAML; nil where the experiment was made without one.
  public let recipe: String?
  /// Its values by their paths of keys.
  public let settings: [(key: String, value: String)]
}

/// Watches a run without changing it.
public protocol TrainingObserver: AnyObject {
  /// Called for every event, in order, on the training thread.
  func observe(_ event: TrainingEvent) throws
}
