import Imaging

/// What the fixtures store about an expected picture: enough to compare it byte for byte, and to find the place of the first
/// difference.
struct Fingerprint: Decodable, Equatable {
  var width: Int
  var height: Int
  var channels: Int
  var crc: UInt32
  /// Four hexadecimal digits for each row: the sum of its samples modulo 65 536.
  var rows: String

  /// How a picture differs from the expected one, or nil when it is the same.
  func difference(from image: Image) -> String? {
    guard (image.width, image.height, image.channels) == (width, height, channels) else {
      return "\(image.width) × \(image.height) × \(image.channels) instead of "
        + "\(width) × \(height) × \(channels)"
    }
    if CRC32.checksum(image.pixels) == crc { return nil }
    let digits = Array(rows)
    let rowBytes = width * channels
    let different = (0..<height).filter { row in
      let sum = image.pixels[(row * rowBytes)..<((row + 1) * rowBytes)].reduce(0) { $0 + Int($1) }
      return Int(String(digits[(4 * row)..<(4 * row + 4)]), radix: 16) != sum & 0xFFFF
    }
    guard let first = different.first else { return "some samples change places within rows" }
    return "\(different.count) of \(height) rows differ, the first is row \(first)"
  }
}
