#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Why a file or folder could not be changed.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What the operating system was asked to do.
  package enum Operation: Equatable, Sendable {
    /// Create a new file.
    case create
    /// Open an existing file for writing.
    case open
    /// Write this many more bytes.
    case write(remaining: Int)
    /// Put a file in the place of a device, a pipe or a socket, or write through a link of somebody else.
    case replace
    /// Bring everything to the disk.
    case synchronize
    /// Close a finished file.
    case close
    /// Rename a file or folder.
    case rename
    /// Remove a file or folder.
    case remove
    /// Create a new folder.
    case makeFolder
    /// List the names in a folder.
    case list
    /// Reserve a folder for this process; `owner` is the process that holds it already.
    case lock(owner: String?)
  }

  /// The operation that failed.
  package let operation: Operation
  /// The file or folder, as the caller named it.
  package let path: String
  /// The system's number for the reason, `errno`.
  package let code: Int32

  /// An error of the operation on the file at `path`.
  package init(_ operation: Operation, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The reason, in the system's words where it has any.
  package var reason: String {
    operation == .replace ? "not a regular file" : String(cString: strerror(code))
  }

  /// What is wrong, and where.
  package var description: String {
    switch operation {
    case .lock(let owner?): "\(path): in use by \(owner)"
    case .list: "\(path): cannot be read: \(reason)"
    default: "\(path): cannot be written: \(reason)"
    }
  }

  /// The same error with the path that the caller named, where this one has the path of a temporary file.
  func named(_ path: String) -> FileError { FileError(operation, path: path, code: code) }
}
