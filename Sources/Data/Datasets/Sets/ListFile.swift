import FileInput

/// Text files that list images, a line for each.
enum ListFile {
  /// Some million lines, and no more: a list is held whole.
  private static let maximumByteCount = 1 << 28

  /// The lines of a UTF-8 file, empty ones too, without a mark of byte order at the start.
  /// - Throws: `DatasetError.unreadableList` for what is no regular file, too large, or holds a zero byte, at which the system
  ///   would end a path; `DatasetError.undecodableLine`.
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
