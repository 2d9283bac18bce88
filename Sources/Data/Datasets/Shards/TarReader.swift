import FileInput

/// What is wrong with a tar archive, in a sentence without its subject, which is the archive.
struct TarProblem: Error, Equatable {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

/// Goes through the headers of a tar archive, without reading the contents between them.
struct TarReader {
  /// Long names and pax headers have this many bytes at most.
  private static let maximumTextByteCount = 1 << 20
  /// The bytes that are read at a time: the small members between two pictures lie within.
  private static let windowByteCount = 1 << 12

  private let file: ReadableFile
  private var offset = 0
  private var window: (start: Int, bytes: [UInt8]) = (0, [])

  /// What headers before a member say about it.
  private struct Announced {
    var name: [UInt8]?
    var size: Int?
    var isEmpty: Bool { name == nil && size == nil }
  }

  init(_ path: String) throws(TarProblem) {
    do throws(RegularFile.Refusal) {
      file = try ReadableFile(path)
    } catch {
      throw TarProblem("cannot be read: \(error)")
    }
  }

  /// The next regular file; nil after the last.
  mutating func next() throws(TarProblem) -> TarIndex.Member? {
    var announced = Announced()
    while offset < file.size {
      let block = try bytes(offset, TarHeader.blockSize)
      guard block.contains(where: { $0 != 0 }) else { break }
      let header = try header(block)
      let start = offset + TarHeader.blockSize
      guard let own = header.size else {
        throw TarProblem("has a header at byte \(offset) whose size is no number")
      }
      if case .other(let what) = header.kind {
        let name = Self.printed(announced.name ?? header.name)
        throw TarProblem(
          "holds '\(name)', which is \(what) and cannot be read in place; pack the files themselves, without links and gaps"
        )
      }
      let size = header.kind == .file ? announced.size ?? own : own
      guard size <= file.size - start else {
        throw TarProblem(
          "ends within a member: the header at byte \(offset) announces \(size) bytes, \(file.size - start) follow"
        )
      }
      defer {
        offset = start + size + TarHeader.fillingByteCount(after: size)
      }
      switch header.kind {
      case .pax(let isGlobal):
        let records = try records(start, size)
        guard !isGlobal || records.path == nil && records.size == nil else {
          throw TarProblem("gives all of its members one name or one size")
        }
        if let path = records.path { announced.name = path }
        if let size = records.size { announced.size = size }
      case .longName(let isOfLink):
        let name = try text(start, size).prefix { $0 != 0 }
        if !isOfLink { announced.name = Array(name) }
      case .folder, .other:
        announced = Announced()
      case .file:
        return TarIndex.Member(
          name: try Self.name(announced.name ?? header.name), offset: start, size: size)
      }
    }
    guard announced.isEmpty else { throw TarProblem("ends after the long name of a member") }
    return nil
  }

  private func header(_ block: ArraySlice<UInt8>) throws(TarProblem) -> TarHeader {
    if let header = TarHeader(block) { return header }
    let signatures: [(name: String, bytes: [UInt8])] = [
      ("gzip", [0x1F, 0x8B]), ("bzip2", Array("BZh".utf8)), ("xz", [0xFD, 0x37, 0x7A, 0x58]),
      ("Zstandard", [0x28, 0xB5, 0x2F, 0xFD]),
    ]
    if offset == 0, let format = signatures.first(where: { block.starts(with: $0.bytes) }) {
      throw TarProblem(
        "is compressed by \(format.name), so that it cannot be read in place; unpack it to a plain tar archive"
      )
    }
    throw TarProblem(
      offset == 0 ? "is no tar archive" : "is damaged: at byte \(offset) a header was expected")
  }

  private mutating func records(_ start: Int, _ size: Int) throws(TarProblem) -> TarPaxRecords {
    guard let records = TarPaxRecords(Array(try text(start, size))) else {
      throw TarProblem("is damaged: the pax header at byte \(offset) cannot be read")
    }
    guard !records.isSparse else {
      throw TarProblem(
        "holds a sparse file, which cannot be read in place; pack it without gaps")
    }
    return records
  }

  private mutating func text(_ start: Int, _ size: Int) throws(TarProblem) -> ArraySlice<UInt8> {
    guard size <= Self.maximumTextByteCount else {
      throw TarProblem(
        "has a name or a pax header of \(size) bytes at byte \(offset), expected at most \(Self.maximumTextByteCount)"
      )
    }
    return try bytes(start, size)
  }

  /// The `count` bytes at `start`.
  private mutating func bytes(_ start: Int, _ count: Int) throws(TarProblem) -> ArraySlice<UInt8> {
    if start < window.start || start + count > window.start + window.bytes.count {
      do throws(RegularFile.Refusal) {
        window = (
          start, try file.bytes(from: start, count: max(count, Self.windowByteCount))
        )
      } catch {
        throw TarProblem("cannot be read: \(error)")
      }
    }
    guard start + count <= window.start + window.bytes.count else {
      throw TarProblem("ends within the header at byte \(offset)")
    }
    let first = start - window.start
    return window.bytes[first..<first + count]
  }

  /// The name of a member, which must be text and must lead nowhere else.
  private static func name(_ bytes: [UInt8]) throws(TarProblem) -> String {
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw TarProblem("holds '\(printed(bytes))', a name that is not UTF-8 text")
    }
    var name = text[...]
    while name.hasPrefix("./") { name = name.dropFirst(2).drop { $0 == "/" } }
    guard !name.isEmpty, !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
      throw TarProblem("holds the name '\(printed(bytes))', which leads out of the archive")
    }
    return String(name)
  }

  /// A name for an error: bytes that are no printable ASCII as `\xE9`.
  private static func printed(_ bytes: [UInt8]) -> String {
    bytes.prefix(200).reduce(into: "") { text, byte in
      if (32..<127).contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "\\x" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }
}
