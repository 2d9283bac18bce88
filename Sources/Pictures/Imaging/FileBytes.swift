import FileInput

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Whole files through the system's own calls: no Foundation, typed errors.
enum FileBytes {
  static func read(path: String, limit: Int) throws(ImageError) -> [UInt8] {
    do throws(RegularFile.Refusal) {
      return try RegularFile.bytes(of: path, limit: limit)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  /// Writes beside the destination, then renames: a reader sees the old file or the whole new one.
  ///
  /// - Parameter synchronizes: whether to wait until the disk has the bytes.
  static func writeAtomically(
    _ bytes: UnsafeRawBufferPointer, path: String, synchronizes: Bool = true
  ) throws(ImageError) {
    let temporary = "\(path).\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: lastSystemError()) }
    var failure = writeAll(bytes, to: descriptor)
    if failure == nil, synchronizes, fsync(descriptor) != 0 { failure = lastSystemError() }
    if close(descriptor) != 0, failure == nil { failure = lastSystemError() }
    if failure == nil, rename(temporary, path) != 0 { failure = lastSystemError() }
    if let failure {
      unlink(temporary)
      throw .unwritable(path: path, reason: failure)
    }
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> String? {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let written = write(descriptor, start, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return lastSystemError() }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    return nil
  }

  private static func lastSystemError() -> String {
    String(cString: strerror(errno))
  }
}
