import Runs

/// What the loop tells those who watch it.
public enum TrainingEvent: Sendable {
  /// The run begins, or goes on, at `iteration`.
  case started(RunDescription)
  /// An unreadable image was left out of its batch; the reason names it.
  case skipped(reason: String)
  /// A CUDA device could not record the passes of a step; it goes on being asked for them piece by piece.
  case unrecorded(reason: String)
  /// Something in the run's folder is not as the run left it; it goes on all the same.
  case damaged(reason: String)
  /// A step was taken.
  case step(StepMetrics)
  /// The network was judged on a data set after `iteration` steps.
  case evaluated(EvaluationRecord)
  /// The run is over.
  case finished(RunResults)
}

/// What a run is, said at its start.
public struct RunDescription: Sendable {
  /// The method's name.
  public let method: String
  /// The seed.
  public let seed: UInt64
  /// The steps already taken.
  public let iteration: Int
  /// The steps of the whole run.
  public let iterations: Int
  /// The images of a step.
  public let batchSize: Int
  /// Where the networks are, `cpu` or `cuda:N`.
  public let device: String
  /// The run's folder.
  public let folder: String
  /// What was left out of the data sets, in sentences.
  public let remarks: [String]
  /// The resolved recipe as YAML; nil where the parts were put together without one.
  public let recipe: String?
}

/// Watches a run; changes nothing about it.
public protocol TrainingObserver: AnyObject {
  /// Called for every event, in order, on the training thread.
  func observe(_ event: TrainingEvent) throws
}
