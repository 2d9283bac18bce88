import Files

/// Writes a tar archive of files: ustar headers, and pax headers for long names and those with other than ASCII characters.
///
/// Nothing but names and contents is written, so that the same files give the same archive on every machine.
struct TarWriter {
  private var file: PendingFile

  /// Begins an archive that `finish()` moves to `path`.
  init(_ path: String) throws(FileError) {
    file = try PendingFile(replacing: path)
  }

  /// The number of bytes at the end of an archive.
  static let endByteCount = 2 * TarHeader.blockSize

  /// The number of bytes so far.
  var byteCount: Int { file.offset }

  /// Adds a file.
  mutating func add(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    if Self.needsPax(name) {
      let records = Self.paxRecord("path", name)
      try put(Self.header(("", "pax-header"), size: records.count, type: "x"), records)
    }
    let parts = Self.split(name) ?? ("", String(decoding: name.utf8.suffix(50), as: UTF8.self))
    try put(Self.header(parts, size: bytes.count, type: "0"), bytes)
  }

  /// Ends the archive.
  mutating func finish() throws(FileError) {
    try file.write([UInt8](repeating: 0, count: Self.endByteCount))
    try file.commit()
  }

  /// Leaves everything as it was before.
  mutating func discard() {
    file.discard()
  }

  /// The number of bytes that a file takes.
  static func byteCount(of name: String, size: Int) -> Int {
    func blocks(_ size: Int) -> Int { size + TarHeader.fillingByteCount(after: size) }
    let pax =
      needsPax(name) ? TarHeader.blockSize + blocks(paxRecord("path", name).count) : 0
    return pax + TarHeader.blockSize + blocks(size)
  }

  private mutating func put(_ header: [UInt8], _ bytes: [UInt8]) throws(FileError) {
    try file.write(header)
    try file.write(bytes)
    let rest = TarHeader.fillingByteCount(after: bytes.count)
    try file.write([UInt8](repeating: 0, count: rest))
  }

  private static func needsPax(_ name: String) -> Bool {
    split(name) == nil || !name.utf8.allSatisfy { $0 < 0x80 }
  }

  /// The name in the two parts of a ustar header; nil where it does not fit.
  private static func split(_ name: String) -> (prefix: String, name: String)? {
    if name.utf8.count <= 100 { return ("", name) }
    let slash = name.utf8.indices.first {
      name.utf8[$0] == UInt8(ascii: "/")
        && name.utf8.distance(from: $0, to: name.utf8.endIndex) <= 101
    }
    guard let slash, name.utf8.distance(from: name.startIndex, to: slash) <= 155 else { return nil }
    return (String(name[..<slash]), String(name[name.utf8.index(after: slash)...]))
  }

  /// `length key=value`, where the length counts its own digits too.
  private static func paxRecord(_ key: String, _ value: String) -> [UInt8] {
    let text = " \(key)=\(value)\n"
    var length = text.utf8.count
    while length != text.utf8.count + String(length).count {
      length = text.utf8.count + String(length).count
    }
    return Array("\(length)\(text)".utf8)
  }

  private static func header(
    _ parts: (prefix: String, name: String), size: Int, type: Character
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: TarHeader.blockSize)
    func put(_ text: String, at place: Int) {
      block.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 8)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    put(parts.name, at: 0)
    put(octal(0o644, 7), at: 100)
    put(octal(0, 7), at: 108)
    put(octal(0, 7), at: 116)
    put(octal(size, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put("ustar\u{0}00", at: 257)
    put(parts.prefix, at: 345)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", at: 148)
    return block
  }
}
