import Runs

/// An error of a library with what the command offers against it.
struct AdvisedError: Error, CustomStringConvertible {
  let error: TrainingError
  let advice: String

  var description: String { "\(error); \(advice)" }
}

/// Runs `body`, and adds to its errors the options that help.
func advised<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as TrainingError {
    guard case .dataChanged = error else { throw error }
    throw AdvisedError(
      error: error,
      advice:
        "put the data back, choose another --output to start anew, or accept them with --accept-changed-data"
    )
  }
}
