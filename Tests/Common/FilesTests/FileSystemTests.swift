import FaultSupport
import Files
import Foundation
import Testing

/// Files exist whole or not at all, for every fault.
@Suite struct FileSystemTests {
  private let folder: String

  init() throws {
    folder = FastFolder.path("files")
    try FileSystem.current.createFolder(folder)
  }

  @Test func aFileIsReplacedWholeOrNotAtAllAtEveryOperation() throws {
    defer { remove() }
    let (old, new) = (Data("old".utf8), Data((0..<3_000_000).map { UInt8($0 % 251) }))
    var points = 0
    for fault in Fault.allCases {
      var isReplaced = false
      var point = 0
      while !isReplaced {
        point += 1
        let path = "\(folder)/\(fault.rawValue)-\(point)"
        try FileSystem.current.replace(path, with: old)
        let operations = FaultyOperations(fault, at: point)
        let outcome = Result { () throws(FileError) in
          try FileSystem(operations).replace(path, with: new)
        }
        operations.end()
        let content = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(content == old || content == new, "\(fault) at \(point)")
        if case .success = outcome {
          #expect(content == new, "\(fault) at \(point)")
          isReplaced = operations.count < point
        }
        try FileSystem.current.removeLitter(in: folder)
        points += 1
      }
    }
    // For each fault: create, write, synchronise, rename, close, synchronise the folder, and one operation never reached.
    #expect(points >= 5 * 7)
    #expect(try FileSystem.current.names(in: folder).allSatisfy { !$0.hasSuffix(".part") })
  }

  @Test func whatNobodyWaitedForIsLostWithTheMachine() throws {
    defer { remove() }
    let operations = FaultyOperations(.powerLoss, at: .max)
    let system = FileSystem(operations)
    let file = try AppendingFile(
      replacing: "\(folder)/lines", beginningWith: Data("a\n".utf8), in: system)
    try file.append(Array("b\n".utf8))
    try file.synchronize()
    try file.append(Array("c\n".utf8))
    try system.replace("\(folder)/passing", with: Data("x".utf8), durably: false)
    operations.end()
    #expect(try String(contentsOfFile: "\(folder)/lines", encoding: .utf8) == "a\nb\n")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/passing"))
  }

  @Test func aWholeFolderIsSynchronised() throws {
    defer { remove() }
    let operations = FaultyOperations(.powerLoss, at: .max)
    let system = FileSystem(operations)
    try system.createFolder("\(folder)/set/a/b")
    for name in ["1", "a/2", "a/b/3"] {
      try system.replace("\(folder)/set/\(name)", with: Data(name.utf8), durably: false)
    }
    try system.synchronize("\(folder)/set")
    operations.end()
    for name in ["1", "a/2", "a/b/3"] {
      #expect(try String(contentsOfFile: "\(folder)/set/\(name)", encoding: .utf8) == name)
    }
    try FileSystem.current.remove("\(folder)/set")
    #expect(try FileSystem.current.names(in: folder).isEmpty)
  }

  @Test func aLockKeepsOthersOutAndNamesItsOwner() throws {
    defer { remove() }
    let path = "\(folder)/.lock"
    var lock: FileLock? = try FileLock(path)
    let error = #expect(throws: FileError.self) { try FileLock(path) }
    guard case .lock(let owner?) = try #require(error).operation else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(owner.hasPrefix("process \(getpid()) on "))
    #expect(lock != nil)
    lock = nil
    #expect(try FileSystem.current.names(in: folder).isEmpty)
    _ = try FileLock(path)
  }

  @Test func theLockFileOfAKilledProcessBlocksNobody() throws {
    defer { remove() }
    try Data("process 1 on another".utf8).write(to: URL(fileURLWithPath: "\(folder)/.lock"))
    let lock = try FileLock("\(folder)/.lock")
    #expect(
      try String(contentsOfFile: "\(folder)/.lock", encoding: .utf8).hasPrefix(
        "process \(getpid()) on "))
    withExtendedLifetime(lock) {}
  }

  @Test func litterIsRemovedAndFilesBeingWrittenStay() throws {
    defer { remove() }
    var pending = try PendingFile(replacing: "\(folder)/weights")
    let name = try #require(FileSystem.current.names(in: folder).first)
    try Data("half".utf8).write(to: URL(fileURLWithPath: "\(folder)/.syn2real-1A2B.part"))
    for own in [".film.part", "film.part"] {
      try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(own)"))
    }
    try FileSystem.current.removeLitter(in: folder)
    #expect(try FileSystem.current.names(in: folder) == [".film.part", name, "film.part"])
    try pending.write(Data("whole".utf8))
    try pending.commit()
    #expect(try FileSystem.current.names(in: folder) == [".film.part", "film.part", "weights"])
  }

  @Test func aLockDoesNotWriteThroughALinkOrIntoAPipe() throws {
    defer { remove() }
    let files = FileManager.default
    try Data("precious".utf8).write(to: URL(fileURLWithPath: "\(folder)/theirs"))
    try files.createSymbolicLink(
      atPath: "\(folder)/link", withDestinationPath: "\(folder)/theirs")
    #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
    for name in ["link", "pipe"] {
      let error = #expect(throws: FileError.self) { try FileLock("\(folder)/\(name)") }
      #expect(
        "\(try #require(error))" == "\(folder)/\(name): cannot be written: not a regular file")
    }
    #expect(try String(contentsOfFile: "\(folder)/theirs", encoding: .utf8) == "precious")
    #expect(try FileSystem.current.names(in: folder) == ["link", "pipe", "theirs"])
  }

  @Test func whatIsNoFileIsNotReplaced() throws {
    defer { remove() }
    #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/out", withDestinationPath: "/proc/self/fd/1")
    for name in ["pipe", "out"] {
      #expect(throws: FileError(.replace, path: "\(folder)/\(name)", code: EEXIST)) {
        try FileSystem.current.replace("\(folder)/\(name)", with: Data("whole".utf8))
      }
    }
    #expect(try FileSystem.current.names(in: folder) == ["out", "pipe"])
  }

  /// A name of another encoding has no path, so that the folder cannot be removed as a whole.
  @Test func aNameThatIsNoTextIsNotTakenForAnother() throws {
    defer { remove() }
    let long = String(repeating: "n", count: 255)
    for name in ["text", long] { try FileSystem.current.replace("\(folder)/\(name)", with: Data()) }
    let path = (Array("\(folder)/caf".utf8) + [0xE9, 0]).map { CChar(bitPattern: $0) }
    close(open(path, O_CREAT | O_WRONLY, 0o644))
    defer { unlink(path) }
    #expect(try FileSystem.current.names(in: folder) == [long, "text"])
    let entries = try FolderEntries(of: folder)
    #expect(entries.undecodable.map(\.name) == [#"caf\xE9"#])
    #expect(throws: FileError(.list, path: folder, code: EILSEQ)) {
      try FileSystem.current.remove(folder)
    }
    #expect(FileManager.default.fileExists(atPath: "\(folder)/text"))
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
