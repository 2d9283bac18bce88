import FileInput
import Foundation
import Testing

@Suite struct RegularFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  @Test func givesTheBytesOfAFileUpToTheLimit() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path("file")))
    #expect(try RegularFile.bytes(of: path("file"), limit: 3) == [1, 2, 3])
    let error = #expect(throws: RegularFile.Refusal.tooLarge(limit: 2)) {
      try RegularFile.bytes(of: path("file"), limit: 2)
    }
    #expect(error?.description == "larger than the 2 bytes allowed")
  }

  @Test func aFileOfTerabytesTakesNoMemory() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: URL(fileURLWithPath: path("sparse")))
    guard truncate(path("sparse"), 1 << 42) == 0 else { return }
    #expect(throws: RegularFile.Refusal.tooLarge(limit: 1 << 30)) {
      try RegularFile.bytes(of: path("sparse"), limit: 1 << 30)
    }
  }

  /// Reading these would wait for ever or never end.
  @Test func pipesDevicesAndSocketsAreRefusedAtOnce() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(mkfifo(path("pipe"), 0o600) == 0)
    for file in [path("pipe"), "/dev/zero", "/dev/tty0"] {
      let error = #expect(throws: RegularFile.Refusal.self) {
        try RegularFile.bytes(of: file, limit: 1 << 20)
      }
      if file != "/dev/tty0" { #expect(error == .notRegular) }
    }
    let error = #expect(throws: RegularFile.Refusal.self) {
      try RegularFile.bytes(of: folder.path, limit: 1 << 20)
    }
    #expect(error?.description == "Is a directory")
  }
}
