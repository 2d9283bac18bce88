import Foundation

/// Writes bytes to an open file and turns a short or failed write into a typed error.
package struct FileWriter {
  /// The file the user named, for errors; the descriptor is of a temporary file beside it.
  package let path: String

  /// Bytes written so far.
  package private(set) var offset = 0

  private let descriptor: Int32

  package init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  package mutating func write(_ data: Data) throws(TensorFileError) {
    var written = 0
    while written < data.count {
      let count = data.withUnsafeBytes { buffer in
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        return Foundation.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw AtomicFile.failure(path, expected: "room for \(data.count - written) more bytes")
      }
      written += count
    }
    offset += written
  }
}
