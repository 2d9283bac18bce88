import DataTestSupport
import Datasets
import Foundation
import Testing

/// Files, folders and lists of pictures, as a user names them.
@Suite struct PictureFilesTests {
  private let folder: TemporaryFolder
  /// The folder without a slash at the end.
  private let root: String

  init() throws {
    folder = try TemporaryFolder()
    root = folder.path("x").replacing(/\/x$/, with: "")
    for name in [
      "b.png", "a.JPG", "sub/c.webp", ".hidden.png", "._a.JPG", "scan.tiff", "raw.DNG", "sub/d.ppm",
      "notes.md", "@eaDir/b.png", "__MACOSX/c.tiff",
    ] {
      try folder.write(Data([1]), to: name)
    }
  }

  @Test func aFolderGivesItsPicturesAndThoseOfItsFolders() throws {
    try FileManager.default.createSymbolicLink(
      atPath: root + "/loop", withDestinationPath: root)
    let files = PictureFiles(named: [root + "/"])
    #expect(files.paths == ["a.JPG", "b.png", "sub/c.webp"].map { "\(root)/\($0)" })
    #expect(files.leftOut == ["raw.DNG", "scan.tiff", "sub/d.ppm"].map { "\(root)/\($0)" })
    #expect(files.failures.isEmpty)
  }

  @Test func aListNamesFilesRelativeToItself() throws {
    try "b.png\r\n\n  sub/c.webp 3\n/elsewhere/x.png\nwith 2\n".write(
      toFile: root + "/list.txt", atomically: true, encoding: .utf8)
    try folder.write(Data([1]), to: "with 2")
    let files = PictureFiles(named: [root + "/list.txt", "-"]) { ["d.png", " ", "e 1"] }
    #expect(
      files.paths == ["b.png", "sub/c.webp"].map { "\(root)/\($0)" } + ["/elsewhere/x.png"]
        + ["\(root)/with 2", "d.png", "e"])
  }

  /// Whether a file is there and is a picture is told where it is read.
  @Test func everythingElseIsTakenForAPicture() throws {
    try FileManager.default.createDirectory(
      atPath: root + "/empty", withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: root + "/empty.txt"))
    let files = PictureFiles(
      named: ["nothing.png", root + "/empty", root + "/empty.txt", "no.txt"])
    #expect(files.paths == ["nothing.png"])
    #expect(files.failures.count == 3)
    #expect(
      "\(files.failures[0])".contains("empty holds nothing that can be used; expected pictures"))
  }
}
