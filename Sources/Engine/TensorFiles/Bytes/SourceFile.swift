import Foundation
import Messages

/// A file mapped into memory, with the errors of its readers.
struct SourceFile: Sendable {
  let path: String

  /// The whole file; indices start at 0.
  let bytes: Data

  init(path: String) throws(TensorFileError) {
    func unreadable(_ found: String) -> TensorFileError {
      TensorFileError(
        kind: .unreadable, path: path, place: "", expected: "a readable file", found: found)
    }
    // Mapping a pipe or a device could wait for ever.
    var status = stat()
    guard stat(path, &status) == 0 else { throw unreadable(String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw unreadable("no regular file") }
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw unreadable(systemReason(of: error))
    }
    self.path = path
  }

  /// A cursor over a part of the file, which the caller knows to lie inside it.
  func cursor(_ range: Range<Int>) -> ByteCursor { ByteCursor(file: self, range: range) }

  func error(
    _ kind: TensorFileError.Kind, at place: String, expected: String, found: String
  ) -> TensorFileError {
    TensorFileError(kind: kind, path: path, place: place, expected: expected, found: found)
  }
}
