import Files
import Foundation

/// Writes bytes to a file that will replace another one, with the errors of this module.
package struct FileWriter {
  private var file: PendingFile

  /// Begins a file that will replace the one at `path`.
  init(replacing path: String) throws(TensorFileError) {
    do {
      file = try PendingFile(replacing: path)
    } catch {
      throw TensorFileError(error)
    }
  }

  /// Bytes written so far.
  package var offset: Int { file.offset }

  package mutating func write(_ data: Data) throws(TensorFileError) {
    do {
      try file.write(data)
    } catch {
      throw TensorFileError(error)
    }
  }

  mutating func commit() throws(TensorFileError) {
    do {
      try file.commit()
    } catch {
      throw TensorFileError(error)
    }
  }

  mutating func discard() { file.discard() }
}

extension TensorFileError {
  fileprivate init(_ error: FileError) {
    let expected =
      switch error.operation {
      case .write(let remaining): "room for \(remaining) more bytes"
      case .synchronize, .close: "a complete write"
      case .rename, .replace: "a file that can be replaced"
      default: "a folder to write in"
      }
    self.init(
      kind: .unwritable, path: error.path, place: "", expected: expected,
      found: "'\(error.reason)'")
  }
}
