/// Replaces a file completely or leaves it as it was.
package enum AtomicFile {
  /// Runs `body` on a file beside `path`, waits until it is on the disk, and replaces `path` by it.
  package static func replace(
    _ path: String, body: (inout FileWriter) throws(TensorFileError) -> Void
  ) throws(TensorFileError) {
    var writer = try FileWriter(replacing: path)
    do throws(TensorFileError) {
      try body(&writer)
      try writer.commit()
    } catch {
      writer.discard()
      throw error
    }
  }
}
