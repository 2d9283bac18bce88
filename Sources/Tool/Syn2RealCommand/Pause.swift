import Training

/// Stops a run after a number of steps, as if it had been interrupted there.
final class Pause: TrainingObserver {
  /// Whether the run has come so far.
  private(set) var isReached = false
  private let iterations: Int
  private let interruption: Interruption

  /// Stops it after `iterations` steps.
  init(after iterations: Int, _ interruption: Interruption) {
    self.iterations = iterations
    self.interruption = interruption
  }

  func observe(_ event: TrainingEvent) {
    guard case .step(let step) = event, step.iteration + 1 >= iterations else { return }
    isReached = true
    interruption.request()
  }
}
