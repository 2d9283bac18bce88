/// Why a sweep cannot go on.
public enum SweepError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds trials of another sweep.
  case otherSweep(path: String)
  /// Its record cannot be read.
  case damagedRecord(path: String, reason: String)
  /// Every trial of a round failed; the reason is that of the first.
  case allFailed(trials: Int, reason: String)

  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .otherSweep(let path):
      "\(path) holds a sweep of another recipe, other values or another reduction; begin in another folder, or repeat its "
        + "command to go on with it"
    case .damagedRecord(let path, let reason):
      "\(path): expected the record of a sweep, found \(reason); put it back, or begin in another folder"
    case .allFailed(let trials, let reason):
      "all \(trials) trials failed, the first since \(reason)"
    }
  }
}
