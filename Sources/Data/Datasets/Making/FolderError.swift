import Files
import Messages

/// Why a data set's folder could not be filled.
public enum FolderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds something else.
  case occupied(folder: String)

  /// Another process is making it; the owner is what that says of itself.
  case inUse(folder: String, owner: String?)

  /// A folder or file could not be made; the reason is the system's.
  case unwritable(path: String, reason: String)

  /// With the system's reason.
  init(_ error: FileError) {
    self = .unwritable(path: error.path, reason: error.reason)
  }

  /// With the system's reason for an error of Foundation.
  init(path: String, _ error: any Error) {
    self = .unwritable(path: path, reason: systemReason(of: error))
  }

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .occupied(let folder):
      "\(folder): holds something other than this data set; choose a new folder, or empty this one."
    case .inUse(let folder, let owner):
      "\(folder): is being made by \(owner ?? "another process"); wait until that has ended."
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason)."
    }
  }
}
