import DataTestSupport
import DemoData
import Foundation
import Testing

@Suite struct GzipTests {
  private let fixture: DigitsFixture.Compressed
  private var bytes: [UInt8] { [UInt8](fixture.one) }

  init() throws {
    fixture = try DigitsFixture.load().gzip
  }

  @Test func readsWhatPythonCompressed() throws {
    #expect(try Gzip.decompress(bytes, limit: 1 << 20, path: "f") == Array(fixture.text.utf8))
    let two = try Gzip.decompress([UInt8](fixture.two), limit: 1 << 20, path: "f")
    #expect(two == Array((fixture.text + "the end\n").utf8))
  }

  @Test func readsMoreThanAPieceAtATime() throws {
    let folder = try TemporaryFolder()
    let text = (0..<50_000).map { "\($0)," }.joined()
    try folder.writeGzip(text, to: "f.gz")
    #expect(try Gzip.read(folder.path("f.gz"), limit: text.utf8.count) == Array(text.utf8))
  }

  @Test func refusesMoreThanTheLimit() throws {
    let size = fixture.text.utf8.count
    #expect(try Gzip.decompress(bytes, limit: size, path: "f").count == size)
    #expect(throws: GzipError.tooLarge(path: "f", limit: size - 1)) {
      try Gzip.decompress(bytes, limit: size - 1, path: "f")
    }
  }

  @Test func everyCutIsSeen() {
    for count in 0..<bytes.count {
      #expect(throws: GzipError.truncated(path: "f")) {
        try Gzip.decompress(Array(bytes.prefix(count)), limit: 1 << 20, path: "f")
      }
    }
  }

  /// Some bits only fill up the last byte; all others are checked.
  @Test func changedBytesNeverGiveOtherText() {
    let text = Array(fixture.text.utf8)
    var refused = 0
    // The head of ten bytes says nothing of the data.
    for index in 10..<bytes.count {
      var changed = bytes
      changed[index] ^= 0x10
      let result = try? Gzip.decompress(changed, limit: 1 << 20, path: "f")
      let isOther = result.map { $0 != text } ?? false
      #expect(!isOther, "byte \(index)")
      if result == nil { refused += 1 }
    }
    #expect(refused >= bytes.count - 11)
  }

  @Test func whatIsNoGzipFileIsNamed() throws {
    #expect {
      try Gzip.decompress(Array("0,1,2".utf8), limit: 100, path: "tables/f.gz")
    } throws: {
      "\($0)".hasPrefix("tables/f.gz: no sound gzip file (incorrect header check)")
    }
    #expect(throws: GzipError.self) {
      try Gzip.decompress(bytes + [1, 2, 3], limit: 1 << 20, path: "f")
    }
    #expect {
      try Gzip.read("/nowhere/f.gz", limit: 1)
    } throws: {
      "\($0)" == "/nowhere/f.gz: cannot be read: No such file or directory"
    }
  }
}
