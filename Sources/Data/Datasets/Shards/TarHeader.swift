/// A header of a tar archive: 512 bytes before each member (POSIX.1-2001, pax; ustar and GNU's formats).
struct TarHeader: Equatable {
  /// The number of bytes of a header, and of the blocks that contents are filled up to.
  static let blockSize = 512

  /// The number of bytes that fill contents of `size` bytes up to whole blocks.
  static func fillingByteCount(after size: Int) -> Int {
    (blockSize - size % blockSize) % blockSize
  }

  /// What a header stands before, by its type flag.
  enum Kind: Equatable {
    /// The contents of a regular file.
    case file
    /// A folder, which has no contents.
    case folder
    /// Records of a pax header, for the next member or for all.
    case pax(isGlobal: Bool)
    /// GNU's long name of the next member, or of what it links to.
    case longName(isOfLink: Bool)
    /// Something that is not read, in a few words.
    case other(String)
  }

  /// The name, as bytes.
  let name: [UInt8]
  /// The number of bytes of the contents; nil for a number that is none, or too large.
  let size: Int?
  let kind: Kind

  /// Reads a header.
  /// - Parameter block: 512 bytes; nil where its checksum is not that of a header.
  init?(_ block: ArraySlice<UInt8>) {
    let block = Array(block)
    guard block.count == Self.blockSize, Self.isChecked(block) else { return nil }
    func text(_ range: Range<Int>) -> [UInt8] { Array(block[range].prefix { $0 != 0 }) }
    // GNU's format has times where ustar has the first part of a long name.
    let prefix = block[257..<263].elementsEqual("ustar\0".utf8) ? text(345..<500) : []
    name = prefix.isEmpty ? text(0..<100) : prefix + [UInt8(ascii: "/")] + text(0..<100)
    size = Self.number(block[124..<136])
    kind =
      switch block[156] {
      // An old archive says by a slash that something is a folder.
      case 0 where name.last == UInt8(ascii: "/"): .folder
      case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): .file
      case UInt8(ascii: "5"): .folder
      case UInt8(ascii: "x"): .pax(isGlobal: false)
      case UInt8(ascii: "g"): .pax(isGlobal: true)
      case UInt8(ascii: "L"): .longName(isOfLink: false)
      case UInt8(ascii: "K"): .longName(isOfLink: true)
      case UInt8(ascii: "1"): .other("a hard link")
      case UInt8(ascii: "2"): .other("a symbolic link")
      case UInt8(ascii: "3"), UInt8(ascii: "4"): .other("a device")
      case UInt8(ascii: "6"): .other("a pipe")
      case UInt8(ascii: "S"): .other("a sparse file")
      case UInt8(ascii: "M"): .other("a part of a file that goes over several archives")
      default: .other("something of an unknown type")
      }
  }

  /// Whether the header holds the sum of its bytes, with spaces for the sum itself. Old programs sum signed bytes.
  private static func isChecked(_ block: [UInt8]) -> Bool {
    guard let sum = number(block[148..<156]) else { return false }
    let spaces = 8 * Int(UInt8(ascii: " "))
    let others = block[..<148] + block[156...]
    return sum == others.reduce(spaces) { $0 + Int($1) }
      || sum == others.reduce(spaces) { $0 + Int(Int8(bitPattern: $1)) }
  }

  /// A number of octal digits between spaces or zeros, or of GNU's bytes after a byte with the highest bit; nil for anything
  /// else, and for negative numbers.
  static func number(_ field: ArraySlice<UInt8>) -> Int? {
    guard let first = field.first else { return nil }
    if first & 0x80 != 0 {
      guard first == 0x80, field.dropLast(8).dropFirst().allSatisfy({ $0 == 0 }) else { return nil }
      let value = field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(exactly: value)
    }
    let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix {
      $0 != 0 && $0 != UInt8(ascii: " ")
    }
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }) else {
      return nil
    }
    return digits.reduce(0) { $0 << 3 | Int($1 - UInt8(ascii: "0")) }
  }
}
