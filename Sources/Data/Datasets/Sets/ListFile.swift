import FileInput

/// Text files that list images, one per line.
enum ListFile {
  /// Enough for some million lines; there is a limit because a list is held in memory as a whole.
  private static let maximumByteCount = 1 << 28

  /// The lines of a UTF-8 file, including empty ones, without a byte order mark at the start.
  /// - Throws: `DatasetError.unreadableList` if it is not a regular file, is too large, or holds a zero byte, at which the
  ///   system would end a path; `DatasetError.undecodableLine`.
  static func lines(of path: String) throws(DatasetError) -> [Substring] {
    let bytes: [UInt8]
    do throws(RegularFile.Refusal) {
      bytes = try RegularFile.bytes(of: path, limit: maximumByteCount)
    } catch {
      throw .unreadableList(path: path, reason: "\(error)")
    }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let bad = lines.firstIndex { $0.contains(0) || String(validating: $0, as: UTF8.self) == nil }
      throw .undecodableLine(path: path, line: (bad ?? 0) + 1)
    }
    let marked = text.unicodeScalars.first == "\u{FEFF}"
    return (marked ? Substring(text.unicodeScalars.dropFirst()) : text[...])
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}
