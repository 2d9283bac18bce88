import DataTestSupport
import Datasets
import Foundation
import Testing

@Suite struct ImageDatasetTests {
  private let folder: TemporaryFolder
  private var root: String { folder.url.path }

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func classesAndImagesAreSortedByName() throws {
    for name in ["dog/b.png", "dog/a.JPG", "cat/z.webp", "cat/notes.txt", ".hidden/x.png"] {
      try touch(name)
    }
    let dataset = try ImageDataset(at: root)
    #expect(dataset.classes == ["cat", "dog"])
    #expect(
      dataset.samples.map { ($0.path as NSString).lastPathComponent } == [
        "z.webp", "a.JPG", "b.png",
      ])
    #expect(dataset.samples.map(\.label) == [0, 1, 1])
    #expect(dataset.classCounts == [1, 2])
  }

  @Test func classFolderWithoutImagesIsNamed() throws {
    try touch("cat/a.png")
    try touch("dog/readme.txt")
    #expect {
      try ImageDataset(at: root)
    } throws: { error in
      guard case .empty(let path, let expected) = error as? DatasetError else { return false }
      return path == root + "/dog" && expected.contains("'dog'")
    }
  }

  @Test func folderWithoutClassesIsAnError() {
    #expect(throws: DatasetError.empty(path: root, expected: "one folder of images a class")) {
      try ImageDataset(at: root)
    }
  }

  @Test func nothingAtThePathIsAnError() {
    #expect(throws: DatasetError.notFound(path: "/nowhere")) { try ImageDataset(at: "/nowhere") }
  }

  @Test func listBesideItsPicturesNamesClassesByFolder() throws {
    try touch("image_list.txt", "truck/b c.png 1\n\ncar/a.png 0\ntruck/d.png\t1\n")
    let dataset = try ImageDataset(at: root)
    #expect(dataset.classes == ["car", "truck"])
    #expect(
      dataset.samples.map(\.path)
        == ["truck/b c.png", "car/a.png", "truck/d.png"].map { root + "/" + $0 })
    #expect(dataset.samples.map(\.label) == [1, 0, 1])
  }

  @Test func listOfMixedFoldersHasNumbersForClasses() throws {
    let list = try touch("some.txt", "x/a.png 2\ny/b.png 2\n/abs/c.png 0\n")
    let dataset = try ImageDataset(at: list)
    #expect(dataset.classes == ["0", "1", "2"])
    #expect(dataset.samples[2].path == "/abs/c.png")
  }

  @Test(arguments: ["a.png", "a.png x", "a.png -1", "a.png 1.5"])
  func badLineIsNamed(line: String) throws {
    let list = try touch("list.txt", "ok.png 0\n\(line)\n")
    #expect(throws: DatasetError.badLine(path: list, line: 2, text: line)) {
      try ImageDataset(at: list)
    }
  }

  @Test func emptyListIsAnError() throws {
    let list = try touch("list.txt", "\n")
    #expect(throws: DatasetError.self) { try ImageDataset(at: list) }
  }

  @Test func otherClassesAreRefused() throws {
    try touch("one/cat/a.png")
    try touch("two/dog/a.png")
    let one = try ImageDataset(at: root + "/one")
    let two = try ImageDataset(at: root + "/two")
    try one.requireClasses(of: one)
    #expect(
      throws: DatasetError.otherClasses(path: two.path, expected: ["cat"], found: ["dog"])
    ) {
      try two.requireClasses(of: one)
    }
  }

  @discardableResult
  private func touch(_ name: String, _ text: String = "") throws -> String {
    try folder.write(Data(text.utf8), to: name)
    return folder.path(name)
  }
}
