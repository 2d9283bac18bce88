import Foundation
import Messages

/// A file of JSON lines that is readable after every line, whatever happens to the process.
package final class LineFile {
  private let path: String
  private let handle: FileHandle

  /// Opens the file for appending after its first `keeping` lines; nil begins anew.
  package init(_ path: String, keeping lines: Int? = nil) throws {
    self.path = path
    var kept = Data()
    if let lines, let old = FileManager.default.contents(atPath: path) {
      for line in old.split(separator: UInt8(ascii: "\n")).prefix(lines) {
        kept += line + Data("\n".utf8)
      }
    }
    guard FileManager.default.createFile(atPath: path, contents: kept),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw TrainingError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    self.handle = handle
    try handle.seekToEnd()
  }

  /// Appends a value as one line, written at once.
  package func append(_ value: some Encodable) throws {
    do {
      try handle.write(contentsOf: JSONFormat.line(value))
    } catch {
      throw TrainingError.cannotWrite(path: path, reason: systemReason(of: error))
    }
  }
}
