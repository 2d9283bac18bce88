import ArgumentParsing
import Runs
import Training

/// Runs `body`, which passes its progress to the reporter. Ctrl-C and other signals stop it between two steps, with one
/// sentence and the shell's exit code for the signal.
/// - Parameters:
///   - isTold: whether the sentence is said; of several processes that stop together, one says it.
///   - remedy: how a run that was stopped goes on.
func interruptible<Result>(
  isTold: Bool = true, goingOnBy remedy: String = "the same command goes on",
  _ body: (Interruption, ProgressReporter) throws -> Result
) throws -> Result {
  let interruption = Interruption()
  let progress = ProgressReporter()
  let signals = StopSignals(interruption)
  JobTie.follow(interruption)
  defer { signals.stop() }
  do {
    return try body(interruption, progress)
  } catch {
    guard isInterruption(error) else {
      progress.endLine()
      throw Advice.addedInRun(to: error)
    }
    if isTold {
      progress.endLine(afterSignal: true)
      let isOfRun = error is TrainingError
      StandardError.write("Error: \(error)\(isOfRun ? "; \(remedy)" : "")")
    }
    throw signals.exitCode
  }
}

/// Whether an error says no more than that a run stopped on request.
private func isInterruption(_ error: any Error) -> Bool {
  switch error {
  case TrainingError.interrupted, JobError.interrupted: true
  default: false
  }
}
