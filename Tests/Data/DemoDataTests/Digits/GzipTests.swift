import DataTestSupport
import DemoData
import Foundation
import Testing

@Suite struct GzipTests {
  private let fixture: DigitsFixture.Compressed
  private let folder: TemporaryFolder
  private var bytes: [UInt8] { [UInt8](fixture.one) }
  private var path: String { folder.path("f.gz") }

  init() throws {
    fixture = try DigitsFixture.load().gzip
    folder = try TemporaryFolder()
  }

  @Test func readsWhatPythonCompressed() throws {
    #expect(try read(bytes) == Array(fixture.text.utf8))
    #expect(try read([UInt8](fixture.two)) == Array((fixture.text + "the end\n").utf8))
  }

  @Test func readsMoreThanAPieceAtATime() throws {
    let text = (0..<50_000).map { "\($0)," }.joined()
    try folder.writeGzip(text, to: "f.gz")
    #expect(try Gzip.read(path, limit: text.utf8.count) == Array(text.utf8))
  }

  @Test func readsAFileOfNothing() throws {
    try folder.writeGzip("", to: "f.gz")
    #expect(try Gzip.read(path, limit: 0).isEmpty)
  }

  @Test func refusesMoreThanTheLimit() throws {
    let size = fixture.text.utf8.count
    #expect(try read(bytes, limit: size).count == size)
    #expect(throws: GzipError.tooLarge(path: path, limit: size - 1)) {
      try read(bytes, limit: size - 1)
    }
  }

  @Test func everyCutIsSeen() {
    for count in 0..<bytes.count {
      #expect(throws: GzipError.truncated(path: path), "\(count) bytes") {
        try read(Array(bytes.prefix(count)))
      }
    }
  }

  /// Some bits only fill up the last byte; all others are checked.
  @Test func changedBytesNeverGiveOtherText() {
    // The header of ten bytes does not describe the data.
    refuseChanges(of: bytes, from: 10, text: fixture.text)
  }

  /// zlib alone would ignore a second member with a damaged header.
  @Test func changedBytesOfASecondMemberNeverGiveOtherText() {
    refuseChanges(of: [UInt8](fixture.two), from: bytes.count, text: fixture.text + "the end\n")
  }

  @Test(arguments: [1, 2, 3, 8, 20])
  func whatFollowsTheDataIsRefused(count: Int) {
    #expect {
      try read(bytes + (0..<count).map { UInt8($0 + 1) })
    } throws: {
      "\($0)".contains("no sound gzip file (something else follows its data); fetch it again")
    }
  }

  @Test(arguments: ["0,1,2", "0", "\u{1f}0"])
  func whatIsNoGzipFileIsNamed(text: String) {
    #expect {
      try read(Array(text.utf8))
    } throws: {
      "\($0)".hasPrefix("\(path): no sound gzip file (incorrect header check)")
    }
  }

  @Test func whatZlibFindsIsSaidOnce() {
    var changed = bytes
    changed[changed.count - 5] ^= 1
    #expect {
      try read(changed)
    } throws: {
      "\($0)" == "\(path): no sound gzip file (incorrect data check); fetch it again"
    }
  }

  @Test func whatTheSystemRefusesIsNamed() throws {
    for (path, reason) in [
      ("/nowhere/f.gz", "No such file or directory"), (folder.url.path, "Is a directory"),
    ] {
      #expect {
        try Gzip.read(path, limit: 1)
      } throws: {
        "\($0)" == "\(path): cannot be read: \(reason)"
      }
    }
  }

  private func read(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
    try folder.write(Data(bytes), to: "f.gz")
    return try Gzip.read(path, limit: limit)
  }

  /// Changes one bit of each byte from `first` on: reading must then fail, or still give `text`.
  private func refuseChanges(of bytes: [UInt8], from first: Int, text: String) {
    var refused = 0
    for index in first..<bytes.count {
      var changed = bytes
      changed[index] ^= 0x10
      let result = try? read(changed)
      #expect(result == nil || result == Array(text.utf8), "byte \(index)")
      if result == nil { refused += 1 }
    }
    // Six bytes of a member's header do not describe the data.
    #expect(refused >= bytes.count - first - (first == 10 ? 1 : 7))
  }
}
