import Runs

/// What a run knows of itself besides its networks, at one moment.
struct RunState {
  /// The number of steps taken.
  let iteration: Int
  /// Their time.
  let seconds: Double
  /// The evaluations made so far.
  let evaluations: EvaluationLog
  /// What has been noticed.
  let watch: DivergenceWatch
}
