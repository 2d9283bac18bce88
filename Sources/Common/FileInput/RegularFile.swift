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
    /// The file has fewer bytes than a part of it ends at.
    case tooShort(expected: Int)

    /// The reason in a few words, to be written after the file's name.
    public var description: String {
      switch self {
      case .system(let reason): reason
      case .notRegular: "not a regular file"
      case .tooLarge(let limit): "larger than the \(limit) bytes allowed"
      case .tooShort(let expected):
        "shorter than the \(expected) bytes expected; it has changed since"
      }
    }
  }

  /// All bytes of a file, in one allocation.
  ///
  /// - Parameter limit: the largest number of bytes the file may have; no memory is taken for more.
  /// - Throws: `Refusal`.
  public static func bytes(of path: String, limit: Int) throws(Refusal) -> [UInt8] {
    let file = try ReadableFile(path)
    guard file.size <= limit else { throw .tooLarge(limit: limit) }
    return try file.bytes(count: file.size)
  }

  /// The `count` bytes of a file from `offset` on, both at least 0.
  /// - Throws: `Refusal`, also where the file ends before.
  public static func bytes(
    of path: String, from offset: Int, count: Int
  ) throws(Refusal) -> [UInt8] {
    let bytes = try ReadableFile(path).bytes(from: offset, count: count)
    guard bytes.count == count else { throw .tooShort(expected: offset + count) }
    return bytes
  }
}
