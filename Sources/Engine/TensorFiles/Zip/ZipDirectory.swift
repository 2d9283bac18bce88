/// Where a zip archive's directory is and how many entries it has, as the record at the end says.
struct ZipDirectory {
  let range: Range<Int>
  let count: Int

  init(file: SourceFile) throws(TensorFileError) {
    let end = try Self.findEnd(file)
    var cursor = file.cursor(end..<file.bytes.count)
    try cursor.skip(10)
    var count = UInt64(try cursor.integer(UInt16.self))
    var length = UInt64(try cursor.integer(UInt32.self))
    var offset = UInt64(try cursor.integer(UInt32.self))

    if count == UInt16.max || length == UInt32.max || offset == UInt32.max {
      var record = try Self.findEnd64(file, before: end)
      try record.skip(28)
      count = try record.integer(UInt64.self)
      length = try record.integer(UInt64.self)
      offset = try record.integer(UInt64.self)
    }
    guard let lower = Int(exactly: offset), let size = Int(exactly: length),
      let entries = Int(exactly: count), lower <= end, size <= end - lower,
      entries <= size / ZipLayout.centralLength
    else {
      throw file.error(
        .damaged, at: "zip directory", expected: "\(count) entries before byte \(end)",
        found: "\(length) bytes from byte \(offset) on")
    }
    range = lower..<lower + size
    self.count = entries
  }

  /// The end record is the last one with its signature; a comment may follow it.
  private static func findEnd(_ file: SourceFile) throws(TensorFileError) -> Int {
    let last = file.bytes.count - ZipLayout.endLength
    let first = max(0, last - Int(UInt16.max))
    for position in stride(from: last, through: first, by: -1) {
      var cursor = file.cursor(position..<file.bytes.count)
      if try cursor.integer(UInt32.self) == ZipLayout.endSignature { return position }
    }
    throw file.error(
      .damaged, at: "zip archive", expected: "a directory at the end",
      found: "none; the file may be cut short")
  }

  /// A cursor behind the signature of the record that holds the numbers for which the end record has no room.
  private static func findEnd64(
    _ file: SourceFile, before end: Int
  ) throws(TensorFileError) -> ByteCursor {
    var locator = file.cursor(max(0, end - ZipLayout.locator64Length)..<end)
    if try locator.integer(UInt32.self) == ZipLayout.locator64Signature {
      try locator.skip(4)
      if let start = Int(exactly: try locator.integer(UInt64.self)), start < end {
        var record = file.cursor(start..<end)
        if try record.integer(UInt32.self) == ZipLayout.end64Signature {
          return record
        }
      }
    }
    throw file.error(
      .damaged, at: "zip directory", expected: "a zip64 record before byte \(end)", found: "none")
  }
}
