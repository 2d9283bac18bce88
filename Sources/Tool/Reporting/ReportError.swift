/// Why a report on some runs could not be made.
public enum ReportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no run to report on.
  case noRuns
  /// A file in a run's folder does not exist or cannot be read.
  case unreadable(path: String, reason: String)
  /// A file in a run's folder has unexpected content.
  case damaged(path: String, reason: String)
  /// The report would overwrite another file.
  case overwrites(path: String)
  /// The report cannot be written.
  case unwritable(path: String, reason: String)

  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .noRuns:
      "expected one or more run folders, found none; name a folder that syn2real train has written"
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason); name a folder that syn2real train has written"
    case .damaged(let path, let reason):
      "\(path): expected the JSON that syn2real train writes, found otherwise (\(reason)); train again"
    case .overwrites(let path):
      "\(path) is there already, and no report; nothing was written: choose another name"
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason); choose another place or make room"
    }
  }
}
