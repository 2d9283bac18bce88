/// How a picture must be turned to stand upright, by the numbers of the EXIF tag Orientation.
public enum EXIFOrientation: Int, Sendable, CaseIterable {
  /// As it is stored.
  case upright = 1
  /// Left and right change places.
  case mirrored = 2
  /// By half a turn.
  case halfTurn = 3
  /// Top and bottom change places.
  case flipped = 4
  /// Rows and columns change places.
  case transposed = 5
  /// By a quarter turn clockwise.
  case quarterTurn = 6
  /// Rows and columns change places, then by half a turn.
  case transverse = 7
  /// By a quarter turn counterclockwise.
  case threeQuarterTurn = 8

  /// Whether width and height change places.
  public var swapsSides: Bool { rawValue > 4 }

  /// What an encoded picture says: in an APP1 segment of a JPEG, the chunk eXIf of a PNG or EXIF of a WebP; upright where it says
  /// nothing there that can be understood. XMP, and the raw profiles that some programs write into the text of a PNG, are not read.
  public init(of bytes: [UInt8]) {
    let tag: Int? = bytes.withUnsafeBytes { bytes in
      let directory: UnsafeRawBufferPointer? =
        switch ImageFormat(bytes: bytes) {
        case .jpeg: Self.segment(ofJPEG: bytes)
        case .png: Self.chunk(ofPNG: bytes)
        case .webP: Self.chunk(ofWebP: bytes)
        case nil: nil
        }
      return directory.flatMap(Self.tag)
    }
    self = tag.flatMap(EXIFOrientation.init) ?? .upright
  }

  private static let prefix = Array("Exif\0\0".utf8)

  private static func withoutPrefix(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    bytes.starts(with: prefix) ? UnsafeRawBufferPointer(rebasing: bytes[prefix.count...]) : bytes
  }

  /// The EXIF data of the segments before the first scan.
  private static func segment(ofJPEG bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      // A marker may have any number of bytes of padding before it.
      if marker == 0xFF {
        place += 1
        continue
      }
      if marker == 0xDA || marker == 0xD9 { return nil }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      guard length >= 2, place + 2 + length <= bytes.count else { return nil }
      let payload = UnsafeRawBufferPointer(rebasing: bytes[place + 4..<place + 2 + length])
      if marker == 0xE1, payload.starts(with: prefix) { return withoutPrefix(payload) }
      place += 2 + length
    }
    return nil
  }

  private static func chunk(ofPNG bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var place = 8
    while place + 12 <= bytes.count {
      let length = integer(bytes, at: place, bytes: 4, isLittle: false) ?? 0
      guard length <= bytes.count - place - 12 else { return nil }
      let payload = bytes[place + 8..<place + 8 + length]
      if bytes[place + 4..<place + 8].elementsEqual("eXIf".utf8) {
        return withoutPrefix(UnsafeRawBufferPointer(rebasing: payload))
      }
      place += 12 + length
    }
    return nil
  }

  private static func chunk(ofWebP bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var place = 12
    while place + 8 <= bytes.count {
      let length = integer(bytes, at: place + 4, bytes: 4, isLittle: true) ?? 0
      guard length <= bytes.count - place - 8 else { return nil }
      let payload = bytes[place + 8..<place + 8 + length]
      if bytes[place..<place + 4].elementsEqual("EXIF".utf8) {
        return withoutPrefix(UnsafeRawBufferPointer(rebasing: payload))
      }
      // Chunks of an odd length are followed by a byte of padding.
      place += 8 + length + length % 2
    }
    return nil
  }

  /// The value of the tag Orientation in the first directory of TIFF data.
  private static func tag(in bytes: UnsafeRawBufferPointer) -> Int? {
    let isLittle: Bool
    if bytes.starts(with: [0x49, 0x49, 42, 0]) {
      isLittle = true
    } else if bytes.starts(with: [0x4D, 0x4D, 0, 42]) {
      isLittle = false
    } else {
      return nil
    }
    func number(_ place: Int, _ count: Int) -> Int? {
      integer(bytes, at: place, bytes: count, isLittle: isLittle)
    }
    guard let directory = number(4, 4), let entries = number(directory, 2) else { return nil }
    for entry in 0..<entries {
      let place = directory + 2 + 12 * entry
      guard let tag = number(place, 2) else { return nil }
      guard tag == 0x0112 else { continue }
      // The sizes of the types BYTE, SHORT and LONG; a value that fits lies in the entry itself.
      guard let type = number(place + 2, 2), let size = [1: 1, 3: 2, 4: 4][type] else { return nil }
      return number(place + 8, size)
    }
    return nil
  }

  private static func integer(
    _ bytes: UnsafeRawBufferPointer, at place: Int, bytes count: Int, isLittle: Bool
  ) -> Int? {
    guard place >= 0, place <= bytes.count - count else { return nil }
    let digits = bytes[place..<place + count]
    return (isLittle ? Array(digits.reversed()) : Array(digits)).reduce(0) { $0 << 8 | Int($1) }
  }
}
