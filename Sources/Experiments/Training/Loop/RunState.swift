import Foundation
import Runs

/// What a run knows of itself besides its networks, at one moment.
struct RunState {
  /// The number of steps taken.
  let iteration: Int
  /// Their time.
  let seconds: Double
  /// The evaluations made so far.
  let evaluations: EvaluationLog
  /// The temperatures of the student's probabilities after exactly these steps, by the weights that it has; nil stands for
  /// those of the last step.
  var calibrations: [StudentWeights?: Calibration] = [:]
  /// What was said of every image after exactly these steps, by the weights that said it.
  var predictions: [StudentWeights?: Data] = [:]
  /// What has been noticed.
  let watch: DivergenceWatch
}
