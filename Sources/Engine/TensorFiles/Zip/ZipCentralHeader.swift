/// One entry of a zip archive's directory.
struct ZipCentralHeader {
  let name: String
  let size: Int
  let localOffset: Int

  init(cursor: inout ByteCursor) throws(TensorFileError) {
    let file = cursor.file
    func error(
      _ kind: TensorFileError.Kind, expected: String, found: String
    ) -> TensorFileError {
      file.error(kind, at: "zip directory", expected: expected, found: found)
    }
    guard try cursor.integer(UInt32.self) == ZipLayout.centralSignature else {
      throw error(.damaged, expected: "an entry's header", found: "other bytes")
    }
    try cursor.skip(4)
    let flags = try cursor.integer(UInt16.self)
    let method = try cursor.integer(UInt16.self)
    try cursor.skip(8)
    var packedSize = UInt64(try cursor.integer(UInt32.self))
    var fullSize = UInt64(try cursor.integer(UInt32.self))
    let nameLength = Int(try cursor.integer(UInt16.self))
    let extraLength = Int(try cursor.integer(UInt16.self))
    let commentLength = Int(try cursor.integer(UInt16.self))
    try cursor.skip(8)
    var offset = UInt64(try cursor.integer(UInt32.self))
    name = try cursor.string(count: nameLength)

    let extraEnd = cursor.offset + extraLength
    var extra = file.cursor(cursor.offset..<min(extraEnd, cursor.end))
    try cursor.skip(extraLength)
    try cursor.skip(commentLength)
    while extra.remaining >= 4 {
      let identifier = try extra.integer(UInt16.self)
      let length = Int(try extra.integer(UInt16.self))
      guard identifier == ZipLayout.extra64Identifier else {
        try extra.skip(length)
        continue
      }
      // This holds, in this order, only those fields that did not fit above.
      if fullSize == UInt32.max { fullSize = try extra.integer(UInt64.self) }
      if packedSize == UInt32.max { packedSize = try extra.integer(UInt64.self) }
      if offset == UInt32.max { offset = try extra.integer(UInt64.self) }
      break
    }

    guard method == 0, flags & 1 == 0 else {
      throw error(
        .unsupported, expected: "stored entries, as PyTorch writes them",
        found: flags & 1 == 0 ? "'\(name)' compressed" : "'\(name)' encrypted")
    }
    guard packedSize == fullSize, let size = Int(exactly: fullSize),
      let localOffset = Int(exactly: offset)
    else {
      throw error(
        .damaged, expected: "one size and a valid offset for '\(name)'",
        found: "sizes \(packedSize) and \(fullSize), offset \(offset)")
    }
    self.size = size
    self.localOffset = localOffset
  }
}
