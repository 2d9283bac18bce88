#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A regular file that is open for reading at any place.
public final class ReadableFile: Sendable {
  /// The number of bytes that it had when it was opened.
  public let size: Int
  private let descriptor: Int32

  /// Opens a file.
  /// - Throws: `RegularFile.Refusal` for anything but a regular file that can be read.
  public init(_ path: String) throws(RegularFile.Refusal) {
    // Without the flag, opening a pipe that has no writer would wait. The flag changes nothing for a regular file.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(Self.systemError()) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = Self.systemError()
      close(descriptor)
      throw .system(reason)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw status.st_mode & S_IFMT == S_IFDIR ? .system(Self.systemError(EISDIR)) : .notRegular
    }
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit {
    close(descriptor)
  }

  /// As many of `count` bytes from `offset` on as the file has, in one allocation.
  /// - Throws: `RegularFile.Refusal.system`.
  public func bytes(from offset: Int = 0, count: Int) throws(RegularFile.Refusal) -> [UInt8] {
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, received in
      let destination = UnsafeMutableRawBufferPointer(buffer)
      while received < count, let start = destination.baseAddress {
        let number = pread(
          descriptor, start + received, count - received, off_t(offset + received))
        if number < 0, errno == EINTR { continue }
        if number < 0 { failure = Self.systemError() }
        guard number > 0 else { break }
        received += number
      }
    }
    if let failure { throw .system(failure) }
    return bytes
  }

  private static func systemError(_ code: Int32 = errno) -> String {
    String(cString: strerror(code))
  }
}
