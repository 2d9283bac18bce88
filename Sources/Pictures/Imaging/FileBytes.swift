import Files

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Whole files through the system's own calls: no Foundation, one allocation, typed errors.
enum FileBytes {
  static func read(path: String) throws(ImageError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: lastSystemError()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, reason: lastSystemError())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "not a regular file")
    }
    let size = Int(status.st_size)
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let destination = UnsafeMutableRawBufferPointer(buffer)
      while count < size, let start = destination.baseAddress {
        #if canImport(Darwin)
          let received = Darwin.read(descriptor, start + count, size - count)
        #elseif canImport(Musl)
          let received = Musl.read(descriptor, start + count, size - count)
        #else
          let received = Glibc.read(descriptor, start + count, size - count)
        #endif
        if received < 0, errno == EINTR { continue }
        if received < 0 { failure = lastSystemError() }
        guard received > 0 else { break }
        count += received
      }
    }
    if let failure { throw .unreadable(path: path, reason: failure) }
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

  private static func lastSystemError() -> String {
    String(cString: strerror(errno))
  }
}
