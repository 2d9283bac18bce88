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
    #expect(throws: DatasetError.empty(path: root, expected: "one folder of images per class")) {
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

  @Test func foldersBehindLinksAreSearchedAndLoopsEnd() throws {
    for name in ["real/a.png", "real/inner/b.jpg", "real/@eaDir/a.png", "real/__MACOSX/c.png"] {
      try touch(name)
    }
    let files = FileManager.default
    try files.createSymbolicLink(atPath: "\(root)/link", withDestinationPath: "real")
    try files.createSymbolicLink(
      atPath: "\(root)/real/inner/loop", withDestinationPath: "\(root)/real")
    for folder in ["real", "link"] {
      #expect(try ImageDataset.imageNames(below: "\(root)/\(folder)") == ["a.png", "inner/b.jpg"])
    }
    #expect(
      try ImageDataset.imageNames(below: root) == [
        "link/a.png", "link/inner/b.jpg", "real/a.png", "real/inner/b.jpg",
      ])
    #expect(try ImageDataset.imageNames(below: "\(root)/none").isEmpty)
  }

  @Test func picturesThatAreOfNoClassAreTold() throws {
    for name in [
      "cat/a.png", "top.png", "cat/more/b.jpg", "cat/more/deep/c.png", "dog/d.png",
      "dog/notes/e.txt",
      ".hidden/x.png",
    ] {
      try touch(name)
    }
    let dataset = try ImageDataset(at: root)
    #expect(dataset.count == 2)
    #expect(dataset.overlooked == ["top.png", "cat/more/b.jpg", "cat/more/deep/c.png"])
    #expect(
      dataset.remark
        == "\(root): left out 3 pictures that lie where none is looked for: top.png, cat/more/b.jpg, cat/more/deep/c.png"
    )
    #expect(dataset.holdingOut(0.5).training.remark == dataset.remark)
    let census = DatasetCensus(of: dataset).description
    #expect(census.contains("left out 3 pictures"))
    try touch("list.txt", "cat/a.png 0\n")
    #expect(try ImageDataset(at: root + "/list.txt").remark == nil)
  }

  @Test func aGapOfLabelsIsNoClassToTrainOn() throws {
    try touch("a.png")
    let list = try touch("list.txt", "a.png 0\na.png 99999\n")
    let dataset = try ImageDataset(at: list)
    #expect(
      throws: DatasetError.labelGap(path: list, first: 1, missing: 99998, count: 100_000)
    ) {
      try dataset.requireEveryClass()
    }
    let census = DatasetCensus(of: dataset).description
    #expect(census.split(separator: "\n").count < 8)
    #expect(census.contains("no image has the label 1 or 99997 more of the labels 0 to 99999"))
    try ImageDataset(at: touch("whole.txt", "a.png 1\na.png 0\n")).requireEveryClass()
  }

  @Test func twoFormsOfOneNameAreNoTwoClasses() throws {
    try touch("caf\u{E9}/a.png")
    try touch("cafe\u{301}/b.png")
    let names = try FileManager.default.contentsOfDirectory(atPath: root)
    try #require(names.count == 2, "this file system knows one form alone")
    let error = #expect(throws: DatasetError.self) { try ImageDataset(at: root) }
    let sentence = try #require(error).description
    #expect(sentence.contains(#"'caf\u{00E9}'"#) && sentence.contains(#"'cafe\u{0301}'"#))
  }

  @Test func classesThatLookTheSameAreSpelledOut() throws {
    for name in ["one/e\u{301}/a.png", "one/f/a.png", "two/\u{E9}/a.png", "two/f/a.png"] {
      try touch(name)
    }
    let one = try ImageDataset(at: root + "/one")
    let two = try ImageDataset(at: root + "/two")
    let error = #expect(throws: DatasetError.self) { try two.requireClasses(of: one) }
    let sentence = try #require(error).description
    #expect(sentence.contains(#"expected 'e\u{0301}', 'f', found 'f', '\u{00E9}'"#), "\(sentence)")
  }

  @Test func namesThatAreNoTextAreTold() throws {
    try touch("cat/a.png")
    func make(_ name: String, isFolder: Bool) {
      let path = Array(root.utf8) + Array("/".utf8) + Array(name.utf8.dropLast()) + [0xE9]
      (path + [0]).withUnsafeBufferPointer { bytes in
        bytes.withMemoryRebound(to: CChar.self) { path in
          guard let path = path.baseAddress else { return }
          if isFolder { mkdir(path, 0o755) } else { close(open(path, O_CREAT | O_WRONLY, 0o644)) }
        }
      }
    }
    make("notes.txtX", isFolder: false)
    #expect(try ImageDataset(at: root).classes == ["cat"])
    make("cafX", isFolder: true)
    let error = DatasetError.undecodableName(folder: root, name: #"caf\xE9"#)
    #expect(throws: error) { try ImageDataset(at: root) }
    #expect(error.description.contains("UTF-8"))
    #expect(throws: error) { try ImageDataset.imageNames(below: root) }
    #expect(throws: error) { try ImageDataset(unlabelledAt: root) }
    // A prediction goes on with the others.
    let pictures = PictureFiles(named: [root])
    #expect(pictures.failures == [error] && pictures.paths == ["\(root)/cat/a.png"])
  }

  @Test func aListOfAnotherEncodingIsNamed() throws {
    try folder.write(Data("ok.png 0\ncaf".utf8) + [0xE9] + Data(".png 0\n".utf8), to: "latin.txt")
    let path = folder.path("latin.txt")
    #expect(throws: DatasetError.undecodableLine(path: path, line: 2)) {
      try ImageDataset(at: path)
    }
    let marked = try touch("marked.txt", "\u{FEFF}a.png 0\r\nb.png 0\r\n")
    #expect(
      try ImageDataset(at: marked).samples.map(\.path) == ["a.png", "b.png"].map(folder.path))
  }

  @Test func whatCannotBeListedIsNamed() {
    #expect(
      throws: DatasetError.unreadable(path: "/nowhere", reason: "No such file or directory")
    ) {
      try FolderListing(of: "/nowhere")
    }
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
