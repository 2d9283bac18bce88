import Runs

/// Runs `body` and adds to its errors the options that can help.
func advised<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as TrainingError {
    guard case .dataChanged = error else { throw error }
    throw AdvisedError(
      error,
      advice:
        "; put the data back, choose another --output to start anew, or accept them with --accept-changed-data"
    )
  }
}
