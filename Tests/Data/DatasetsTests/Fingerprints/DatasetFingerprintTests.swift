import DataTestSupport
import Datasets
import Foundation
import Testing

@Suite struct DatasetFingerprintTests {
  private let folder: TemporaryFolder
  private let set: ImageDataset

  init() throws {
    folder = try TemporaryFolder()
    for name in ["apple/0.png", "boat/0.png", "boat/1.png"] {
      try folder.write(Data(name.utf8), to: "set/\(name)")
    }
    set = try ImageDataset(at: folder.path("set"))
  }

  private func fingerprint(readsContents: Bool = false) throws -> DatasetFingerprint {
    let set = try ImageDataset(at: folder.path("set"))
    return DatasetFingerprint(of: set, DatasetFiles(of: set, readsContents: readsContents))
  }

  /// The data of a run are recognised by every version, on every machine, in any folder.
  @Test func theHashNeverChanges() throws {
    let fingerprint = try fingerprint(readsContents: true)
    #expect(fingerprint.hash == "f2fce40f947b9e98")
    #expect(fingerprint.contents == "7f40bfb3fcd30315")
    #expect(fingerprint.images == 3)
    #expect(fingerprint.classImages == [1, 2])
    #expect(fingerprint.labelValues == nil)
  }

  @Test func namesAndSizesCount() throws {
    let one = try fingerprint()
    #expect(try fingerprint() == one)
    try folder.write(Data("longer than it was".utf8), to: "set/boat/1.png")
    #expect(try !fingerprint().agrees(with: one))
    try folder.write(Data("boat/1.png".utf8), to: "set/boat/1.png")
    #expect(try fingerprint().agrees(with: one))
    try folder.write(Data(), to: "set/boat/2.png")
    #expect(try !fingerprint().agrees(with: one))
  }

  @Test func bytesCountWhereBothKnowThem() throws {
    let one = try fingerprint(readsContents: true)
    #expect(try fingerprint(readsContents: true) == one)
    try folder.write(Data("BOAT/1.png".utf8), to: "set/boat/1.png")
    #expect(try !fingerprint(readsContents: true).agrees(with: one))
    #expect(try fingerprint(readsContents: false).agrees(with: one))
  }

  @Test func orderCounts() throws {
    let lists = try ["apple/0.png 0\nboat/0.png 1\n", "boat/0.png 1\napple/0.png 0\n"].map { text in
      try folder.write(Data(text.utf8), to: "set/list.txt")
      let set = try ImageDataset(at: folder.path("set/list.txt"))
      return DatasetFingerprint(of: set, DatasetFiles(of: set))
    }
    #expect(lists[0].classes == lists[1].classes)
    #expect(!lists[0].agrees(with: lists[1]))
  }

  @Test func aListOfFilesReadsBackWhateverTheirNames() throws {
    let names = ["a b.png", "a\tb\n\r.png", "\\u{a}.png", "größe.png", "x\u{600}'.png", "\r\n.png"]
    for name in names { try folder.write(Data(), to: "set/apple/\(name)") }
    let files = DatasetFiles(of: try ImageDataset(at: folder.path("set")), readsContents: true)
    #expect(files.files.count == 3 + names.count)
    #expect(DatasetFiles(files.text) == files)
    #expect(files.text.utf8.count { $0 == UInt8(ascii: "\n") } == files.files.count)
    #expect(DatasetFiles("no list\n") == nil)
  }

  @Test func aFileOfAnotherClassIsNamed() throws {
    func state(_ list: String) throws -> DatasetDifference.State {
      try folder.write(Data(list.utf8), to: "set/list.txt")
      let set = try ImageDataset(at: folder.path("set/list.txt"))
      let files = DatasetFiles(of: set)
      return (DatasetFingerprint(of: set, files), files)
    }
    let clauses = try DatasetDifference(
      from: state("apple/0.png 0\nboat/0.png 1\nboat/1.png 0\n"),
      to: state("apple/0.png 1\nboat/0.png 1\nboat/1.png 0\n")
    ).clauses
    #expect(clauses == ["1 file has another class (apple/0.png)"])
  }

  @Test func manyRenamedFilesAreMatchedInOrder() throws {
    func state(_ prefix: String) throws -> DatasetDifference.State {
      let text = (0..<50_000).map { "-\t\($0 % 10)\t-\t\(prefix)\($0)\n" }.joined()
      let files = try #require(DatasetFiles(text))
      return (DatasetFingerprint(path: "set", files), files)
    }
    let clauses = try DatasetDifference(from: state("a"), to: state("b")).clauses
    #expect(clauses == ["50000 files have other names (a0 is b0, a1 is b1, a2 is b2, …)"])
  }
}
