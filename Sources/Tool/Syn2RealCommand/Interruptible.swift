import ArgumentParsing
import Runs
import Training

/// Runs `body` so that Ctrl-C stops it between two steps, with one sentence and the shell's exit code for that.
func interruptible<Result>(_ body: (Interruption) throws -> Result) throws -> Result {
  let interruption = Interruption()
  interruption.watchKeyboard()
  do {
    return try body(interruption)
  } catch let error as TrainingError {
    guard case .interrupted = error else { throw error }
    StandardError.write("Error: \(error)")
    throw ExitCode(Interruption.exitCode)
  }
}
