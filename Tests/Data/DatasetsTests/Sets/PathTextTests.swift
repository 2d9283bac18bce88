import DataTestSupport
import Datasets
import Testing

@Suite struct PathTextTests {
  @Test(arguments: [
    ("a/b.png", "a", "a/b", "png"), ("b.tar.gz", "", "b.tar", "gz"), ("/b", "/", "/b", ""),
    ("a/b/", "a", "a/b/", ""), ("a//b", "a", "a//b", ""), ("a.b/.c", "a.b", "a.b/.c", ""),
    ("", "", "", ""), ("/", "/", "/", ""), ("//a", "/", "//a", ""), ("ü/é.JPG", "ü", "ü/é", "JPG"),
    (".///t//", ".", ".///t//", ""),
  ])
  func partsOfPaths(_ path: String, _ folder: String, _ stem: String, _ suffix: String) {
    #expect(PathText.folder(of: path) == folder)
    #expect(PathText.withoutExtension(path) == stem)
    #expect(PathText.pathExtension(of: path) == suffix)
  }

  /// Foundation ends the process on such a name; libFuzzer found it.
  @Test(arguments: [".///t//", "\0///////t////"])
  func aListMayHoldAnything(_ name: String) async throws {
    let folder = try TemporaryFolder()
    for part in ["images/.keep", "labels/.keep"] { try folder.write(.init(), to: part) }
    try folder.write(.init(name.utf8), to: "list")
    #expect(throws: DatasetError.self) { try SegmentationDataset(at: folder.path("list")) }
  }
}
