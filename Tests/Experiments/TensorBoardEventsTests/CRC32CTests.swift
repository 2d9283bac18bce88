import TensorBoardEvents
import Testing

@Suite struct CRC32CTests {
  /// RFC 3720, appendix B.4, with the checksums read as little-endian numbers.
  static let vectors: [([UInt8], UInt32)] = [
    (Array(repeating: 0x00, count: 32), 0x8A91_36AA),
    (Array(repeating: 0xFF, count: 32), 0x62A8_AB43),
    (Array(0..<32), 0x46DD_794E),
    (Array((0..<32).reversed()), 0x113F_DB5C),
    (
      [
        0x01, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00,
        0x00, 0x00, 0x00, 0x14, 0x00, 0x00, 0x00, 0x18, 0x28, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      ], 0xD996_3A56
    ),
  ]

  @Test(arguments: vectors)
  func `agrees with the vectors of RFC 3720`(bytes: [UInt8], checksum: UInt32) {
    #expect(CRC32C.checksum(bytes) == checksum)
  }

  @Test func `of nothing is zero`() {
    #expect(CRC32C.checksum([]) == 0)
  }

  @Test func `masked is rotated by 15 bits and shifted by a constant`() {
    #expect(CRC32C.masked([]) == 0xA282_EAD8)
    #expect(CRC32C.masked(Array(0..<32)) == 0x951F_7892)
  }
}
