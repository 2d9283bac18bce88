#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Why a file or folder could not be changed.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was asked of the operating system.
  package enum Operation: Equatable, Sendable {
    /// A new file.
    case create
    /// An old file to write to.
    case open
    /// So many more bytes.
    case write(remaining: Int)
    /// Everything on the disk.
    case synchronize
    /// A finished file.
    case close
    /// A file or folder under another name.
    case rename
    /// No file or folder any more.
    case remove
    /// A new folder.
    case makeFolder
    /// The names in a folder.
    case list
    /// A folder for this process alone; the owner is the process that has it.
    case lock(owner: String?)
  }

  /// What was asked for.
  package let operation: Operation
  /// Of which file or folder, as the caller named it.
  package let path: String
  /// The system's number of the reason, `errno`.
  package let code: Int32

  /// An error of the operation on the file at `path`.
  package init(_ operation: Operation, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The reason in the system's words.
  package var reason: String { String(cString: strerror(code)) }

  /// What is wrong, and where.
  package var description: String {
    switch operation {
    case .lock(let owner?): "\(path): in use by \(owner)"
    case .list: "\(path): cannot be read: \(reason)"
    default: "\(path): cannot be written: \(reason)"
    }
  }

  /// The same of the file that the caller named, where this one is a temporary file of ours.
  func named(_ path: String) -> FileError { FileError(operation, path: path, code: code) }
}
