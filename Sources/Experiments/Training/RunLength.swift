/// How long a run is.
public enum RunLength: Sendable, Equatable {
  /// This number of passes through the data.
  case epochs(Int)
  /// This number of steps.
  case iterations(Int)

  /// The number of steps of a run with `batches` batches in each epoch.
  /// - Throws: `ExperimentError.tooManyEpochs` for more steps than an integer can count.
  func iterations(batchesPerEpoch batches: Int) throws(ExperimentError) -> Int {
    switch self {
    case .iterations(let count): return count
    case .epochs(let count):
      let (iterations, overflows) = count.multipliedReportingOverflow(by: batches)
      guard !overflows else { throw .tooManyEpochs(epochs: count, batchesPerEpoch: batches) }
      return iterations
    }
  }
}
