/// How long a run is.
public enum RunLength: Sendable, Equatable {
  /// So often through the data.
  case epochs(Int)
  /// So many steps.
  case iterations(Int)

  /// The steps of a run whose epochs have `batches` batches each.
  /// - Throws: `ExperimentError.tooManyEpochs` for more than can be counted.
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
