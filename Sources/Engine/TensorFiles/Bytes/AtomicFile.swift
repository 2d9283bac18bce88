import Foundation

/// Replaces a file whole or leaves it as it was.
package enum AtomicFile {
  /// Runs `body` on a temporary file in the folder of `path`, makes it durable and renames it.
  package static func replace(
    _ path: String, body: (inout FileWriter) throws(TensorFileError) -> Void
  ) throws(TensorFileError) {
    let target = URL(fileURLWithPath: path)
    let folder = target.deletingLastPathComponent().path
    // The same folder, as a rename does not cross file systems.
    let temporary = "\(folder)/.\(target.lastPathComponent).\(UUID().uuidString).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path, expected: "a folder to write in") }
    do throws(TensorFileError) {
      var writer = FileWriter(descriptor: descriptor, path: path)
      try body(&writer)
      guard fsync(descriptor) == 0 else { throw failure(path, expected: "a complete write") }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let error = failure(path, expected: "a file that can be replaced")
      unlink(temporary)
      throw error
    }
    makeRenameDurable(in: folder)
  }

  /// The error of the system call that has just failed.
  static func failure(_ path: String, expected: String) -> TensorFileError {
    TensorFileError(
      kind: .unwritable, path: path, place: "", expected: expected,
      found: "'\(String(cString: strerror(errno)))'")
  }

  /// The file is complete under either name by now, so a folder that cannot be synced is no error.
  private static func makeRenameDurable(in folder: String) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
