/// Why a gzip file cannot be read.
public enum GzipError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The system refuses to open or read the file.
  case unreadable(path: String, reason: String)
  /// The file ends before its data does.
  case truncated(path: String)
  /// The data are damaged, or not gzip data at all.
  case corrupt(path: String, reason: String)
  /// The file holds more bytes than allowed.
  case tooLarge(path: String, limit: Int)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason)"
    case .truncated(let path):
      "\(path): the gzip file is cut short; fetch it again"
    case .corrupt(let path, let reason):
      "\(path): no sound gzip file (\(reason)); fetch it again"
    case .tooLarge(let path, let limit):
      "\(path): decompresses to more than \(limit) bytes, which is not the file that is expected here"
    }
  }
}
