import Messages

/// Why a data set's folder could not be filled.
public enum FolderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds something else.
  case occupied(folder: String)

  /// A folder or file could not be made; the reason is the system's.
  case unwritable(path: String, reason: String)

  /// With the system's reason for an error of Foundation.
  init(path: String, _ error: any Error) {
    self = .unwritable(path: path, reason: systemReason(of: error))
  }

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .occupied(let folder):
      "\(folder): holds something other than this data set; choose a new folder, or empty this one."
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason)."
    }
  }
}
