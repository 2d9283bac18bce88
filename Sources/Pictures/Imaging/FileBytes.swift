import FileInput
import Files

/// Whole files through the system's own calls: no Foundation, typed errors.
enum FileBytes {
  static func read(path: String, limit: Int) throws(ImageError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(RegularFile.Refusal) {
      bytes = try RegularFile.bytes(of: path, limit: limit)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    guard !bytes.isEmpty else { throw .unreadable(path: path, reason: "the file is empty") }
    return bytes
  }

  /// Writes beside the destination, then renames: a reader sees the old file or the whole new one.
  ///
  /// - Parameter synchronizes: whether to wait until the disk has the bytes.
  static func writeAtomically(
    _ bytes: UnsafeRawBufferPointer, path: String, synchronizes: Bool = true
  ) throws(ImageError) {
    do {
      try FileSystem.current.replace(path, with: bytes, durably: synchronizes)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }
}
