/// How long a run is.
public enum RunLength: Sendable, Equatable {
  /// So often through the data.
  case epochs(Int)
  /// So many steps.
  case iterations(Int)

  /// The steps of a run whose epochs have `batches` batches each.
  func iterations(batchesPerEpoch batches: Int) -> Int {
    switch self {
    case .iterations(let count): count
    case .epochs(let count): count * batches
    }
  }
}
