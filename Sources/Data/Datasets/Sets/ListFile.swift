import FileInput

/// The files that list images, a line for each.
enum ListFile {
  /// Some million lines, and no more: a list is held whole.
  private static let maximumByteCount = 1 << 28

  /// - Throws: `DatasetError.unreadableList` for what is no regular file, too large, or not UTF-8.
  static func text(_ path: String) throws(DatasetError) -> String {
    do throws(RegularFile.Refusal) {
      let bytes = try RegularFile.bytes(of: path, limit: maximumByteCount)
      // The system would end a path at a zero byte, and find another file.
      if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) { return text }
    } catch {
      throw .unreadableList(path: path, reason: "\(error)")
    }
    throw .unreadableList(path: path, reason: "not UTF-8 text")
  }
}
