#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads files whose names come from anywhere: only regular files are read, and opening one never waits.
///
/// A pipe, a device or a socket under the name of a file would block its reader for ever, or never end.
public enum RegularFile {
  /// Why a file is not read.
  public enum Refusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The system's reason.
    case system(String)
    /// A pipe, device or socket.
    case notRegular
    /// The file has more bytes than the caller accepts.
    case tooLarge(limit: Int)

    /// The reason in a few words, to be written after the file's name.
    public var description: String {
      switch self {
      case .system(let reason): reason
      case .notRegular: "not a regular file"
      case .tooLarge(let limit): "larger than the \(limit) bytes allowed"
      }
    }
  }

  /// All bytes of a file, in one allocation.
  ///
  /// - Parameter limit: the largest number of bytes the file may have; no memory is taken for more.
  /// - Throws: `Refusal`.
  public static func bytes(of path: String, limit: Int) throws(Refusal) -> [UInt8] {
    // Without the flag, opening a pipe that has no writer would wait. The flag changes nothing for a regular file.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(systemError()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(systemError()) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .system(systemError(EISDIR))
    default: throw .notRegular
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw .tooLarge(limit: limit) }
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
        if received < 0 { failure = systemError() }
        guard received > 0 else { break }
        count += received
      }
    }
    if let failure { throw .system(failure) }
    return bytes
  }

  private static func systemError(_ code: Int32 = errno) -> String {
    String(cString: strerror(code))
  }
}
