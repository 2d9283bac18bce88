import Foundation

/// The entries of a zip archive as slices of the mapped file.
///
/// PyTorch stores its entries uncompressed so that they can be mapped. A zip library hands out
/// copies but not the position of an entry, hence this small reader of stored entries. Checksums are
/// not checked: PyTorch does not check them either and can be told to write none.
struct ZipArchive {
  private let file: SourceFile

  /// The content of each entry by its name.
  private(set) var entries: [String: Data] = [:]

  init(file: SourceFile) throws(TensorFileError) {
    self.file = file
    let directory = try ZipDirectory(file: file)
    var ranges: [Range<Int>] = []
    var cursor = file.cursor(directory.range)
    while cursor.remaining > 0 {
      let header = try ZipCentralHeader(cursor: &cursor)
      let range = try contentRange(header, end: directory.range.lowerBound)
      guard entries.updateValue(file.bytes[range], forKey: header.name) == nil else {
        throw file.error(
          .damaged, at: "zip directory", expected: "every name once",
          found: "'\(header.name)' twice")
      }
      ranges.append(header.localOffset..<range.upperBound)
    }
    guard entries.count == directory.count else {
      throw file.error(
        .damaged, at: "zip directory", expected: "\(directory.count) entries",
        found: "\(entries.count)")
    }
    try checkDisjoint(ranges)
  }

  /// The range of an entry's bytes: they follow its local header, whose lengths may differ from
  /// those in the directory.
  private func contentRange(
    _ header: ZipCentralHeader, end: Int
  ) throws(TensorFileError) -> Range<Int> {
    let place = "zip entry '\(header.name)'"
    guard header.localOffset < end else {
      throw file.error(
        .damaged, at: place, expected: "an offset below \(end)", found: "\(header.localOffset)")
    }
    var cursor = file.cursor(header.localOffset..<end)
    guard try cursor.integer(UInt32.self) == ZipLayout.localSignature else {
      throw file.error(
        .damaged, at: place, expected: "a local header at byte \(header.localOffset)",
        found: "other bytes")
    }
    try cursor.skip(22)
    let nameLength = Int(try cursor.integer(UInt16.self))
    let extraLength = Int(try cursor.integer(UInt16.self))
    try cursor.skip(nameLength)
    try cursor.skip(extraLength)
    guard header.size <= cursor.remaining else {
      throw file.error(
        .damaged, at: place, expected: "\(header.size) bytes",
        found: "\(cursor.remaining) to the directory")
    }
    return cursor.offset..<cursor.offset + header.size
  }

  private func checkDisjoint(_ ranges: [Range<Int>]) throws(TensorFileError) {
    let ordered = ranges.sorted { $0.lowerBound < $1.lowerBound }
    for (range, next) in zip(ordered, ordered.dropFirst())
    where range.upperBound > next.lowerBound {
      throw file.error(
        .damaged, at: "zip entry at byte \(next.lowerBound)", expected: "bytes of its own",
        found: "an entry that reaches to byte \(range.upperBound)")
    }
  }
}
