import Foundation
import Messages

/// Text files that list images, a line for each.
enum ListFile {
  /// The lines of a UTF-8 file, empty ones too, without a mark of byte order at the start.
  /// - Throws: `DatasetError.unreadable`, `DatasetError.undecodableLine`.
  static func lines(of path: String) throws(DatasetError) -> [Substring] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: systemReason(of: error))
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let bad = lines.firstIndex { String(bytes: $0, encoding: .utf8) == nil }
      throw .undecodableLine(path: path, line: (bad ?? 0) + 1)
    }
    let marked = text.unicodeScalars.first == "\u{FEFF}"
    return (marked ? Substring(text.unicodeScalars.dropFirst()) : text[...])
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}
