import CheckoutSupport
import CZlib
import DataTestSupport
import Foundation
import Testing

/// What `Fixtures/make_digits_fixture.py` wrote.
struct DigitsFixture: Decodable {
  struct Table: Decodable {
    struct Row: Decodable {
      let digit: Int
      let number: Int
      let pixels: [UInt8]
    }

    let counts: [Int]
    let sum: Int
    let rows: [Row]
  }

  struct Compressed: Decodable {
    let text: String
    let one: Data
    let two: Data
  }

  let mnist: Table
  let scans: Table
  let gzip: Compressed

  static func load() throws -> DigitsFixture {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/digits.json")
    return try JSONDecoder().decode(DigitsFixture.self, from: Data(contentsOf: file))
  }

  /// Where `make setup` puts the tables.
  static let handwriting = Checkout.path(".deps/digits")
}

extension TemporaryFolder {
  /// Writes a text as a gzip file, by zlib's own functions.
  func writeGzip(_ text: String, to relativePath: String) throws {
    try write(Data(), to: relativePath)
    let file = try #require(gzopen(path(relativePath), "wb"))
    defer { gzclose(file) }
    let bytes = Array(text.utf8)
    try #require(gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count))
  }
}
