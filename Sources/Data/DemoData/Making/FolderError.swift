import Datasets
import Files
import Messages

/// Why a data set's folder could not be filled.
public enum FolderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds something else.
  case occupied(folder: String)

  /// The folder holds a set with other settings, and something else.
  case foreign(folder: String, name: String)

  /// The folder holds a set with other settings but without a list of its files.
  case unlisted(folder: String)

  /// Another process is making it; `owner` is how that process describes itself.
  case inUse(folder: String, owner: String?)

  /// A folder or file could not be made, for the reason that the system gives.
  case unwritable(path: String, reason: String)

  /// An error with the system's reason.
  init(_ error: FileError) {
    self = .unwritable(path: error.path, reason: error.reason)
  }

  /// With the system's reason for an error of Foundation.
  init(path: String, _ error: any Error) {
    if case .unreadable(let path, let reason)? = error as? DatasetError {
      self = .unwritable(path: path, reason: reason)
    } else {
      self = .unwritable(path: path, reason: systemReason(of: error))
    }
  }

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .occupied(let folder):
      "\(folder): holds something other than this data set; choose a new folder, or empty this one."
    case .foreign(let folder, let name):
      "\(folder): holds '\(name)', which was not made with this data set or was changed since; nothing was deleted: move "
        + "it elsewhere, or choose a new folder."
    case .unlisted(let folder):
      "\(folder): holds this data set with other settings, but no \(MadeFiles.fileName) that says which files are its "
        + "own; nothing was deleted: remove the folder yourself, or choose a new one."
    case .inUse(let folder, let owner):
      "\(folder): is being made by \(owner ?? "another process"); wait until that has ended."
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason)."
    }
  }
}
