import DataTestSupport
import Datasets
import Foundation
import Imaging
import Testing

/// What people's own folders hold besides pictures of classes.
@Suite struct OwnDataTests {
  private let folder: TemporaryFolder
  private var root: String { folder.url.path }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func touch(_ names: String...) throws {
    for name in names { try folder.write(Data(), to: name) }
  }

  @Test func picturesInOtherFormatsAreCountedAndNamed() throws {
    try touch("cat/a.png", "cat/b.TIF", "cat/c.tiff", "dog/d.jpg", "dog/e.heic", "f.gif")
    let remark = try #require(try ImageDataset(at: root).remark)
    #expect(
      remark
        == "\(root): left out 4 pictures in formats that are not read (2 TIFF, 1 GIF, 1 HEIC), such as f.gif; "
        + "convert them to PNG or JPEG")
  }

  @Test func aFolderOfOtherFormatsAloneSaysSo() throws {
    try touch("cat/a.png", "dog/b.bmp", "dog/c.bmp")
    #expect(
      throws: DatasetError.otherFormats(
        path: "\(root)/dog", counts: "2 BMP", advice: "convert them to PNG or JPEG")
    ) {
      try ImageDataset(at: root)
    }
  }

  @Test func whatSystemsLeaveBehindIsNoClass() throws {
    try touch(
      "cat/a.png", "cat/._a.png", ".DS_Store", "cat/Thumbs.db", "__MACOSX/cat/._a.png",
      "@eaDir/a.png", ".git/b.png")
    let dataset = try ImageDataset(at: root)
    #expect(dataset.classes == ["cat"])
    #expect(dataset.count == 1)
    #expect(dataset.remark == nil)
  }

  @Test func foldersOfFoldersAreExplained() throws {
    try touch("animals/cat/a.png", "animals/dog/b.png")
    #expect(
      throws: DatasetError.nestedClasses(path: root, folder: "animals", inner: ["cat", "dog"])
    ) {
      try ImageDataset(at: root)
    }
    #expect(try ImageDataset(at: "\(root)/animals").classes == ["cat", "dog"])
  }

  @Test func picturesWithoutClassFoldersAreUnlabelled() throws {
    try touch("b.png", "a.jpg", ".c.png")
    #expect(throws: DatasetError.unlabelled(path: root, images: 2)) { try ImageDataset(at: root) }
    let dataset = try ImageDataset(unlabelledAt: root)
    #expect(!dataset.isLabelled)
    #expect(dataset.imagePaths == ["\(root)/a.jpg", "\(root)/b.png"])
    #expect(try DataSurvey(of: root).layout == .unlabelled)
  }

  @Test func anEmptyFileIsUnreadable() throws {
    try touch("cat/a.png")
    let census = DatasetCensus(of: try ImageDataset(at: root))
    #expect(census.unreadable == ["\(root)/cat/a.png: cannot read the image: the file is empty."])
  }

  @Test func aSetIsJudgedOnTheClassesThatBothHave() throws {
    try touch("cat/a.png", "cat/b.png", "lorry/c.png", "zebra/d.png", "dog/e.png")
    let set = try ImageDataset(at: root)
    let aligned = try set.aligned(
      to: ["truck", "cat", "bird"], renaming: ["lorry": "truck", "dog": nil, "absent": "cat"])
    #expect(aligned.classNames == ["truck", "cat", "bird"])
    #expect(aligned.samples.map(\.label) == [1, 1, 0])
    #expect(
      aligned.samples.map { ($0.path as NSString).lastPathComponent } == [
        "a.png", "b.png", "c.png",
      ])
    #expect(
      aligned.judgedClasses
        == "judged on 2 of 3 classes: it has no bird; left out are its classes dog, zebra, 2 images; "
        + "other names are given to absent, which it does not have"
    )
    #expect(aligned.remark?.contains("judged on 2 of 3 classes") == true)
    #expect(try set.aligned(to: set.classes, renaming: [:]) == set)
    let reordered = try set.aligned(to: set.classes.reversed(), renaming: [:])
    #expect(reordered.judgedClasses == nil)
    #expect(reordered.samples.map(\.label) == [3, 3, 2, 1, 0])
  }

  @Test func classesThatNothingSharesAreRefused() throws {
    try touch("cat/a.png")
    let set = try ImageDataset(at: root)
    #expect(throws: DatasetError.otherClasses(path: root, expected: ["dog"], found: ["cat"])) {
      try set.aligned(to: ["dog"], renaming: [:])
    }
    #expect(throws: DatasetError.unknownClass(name: "cat", as: "dgo", classes: ["dog"])) {
      try set.aligned(to: ["dog"], renaming: ["cat": "dgo"])
    }
  }

  @Test func picturesStandUprightWhereThisIsAsked() throws {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Pictures/ImagingTests/Fixtures/orientations/6.jpg")
    try folder.write(Data(contentsOf: fixtures), to: "cat/a.jpg")
    for isUpright in [false, true] {
      let set = try ImageDataset(at: root, isUpright: isUpright)
      for decoding in ImageDecoding.allCases {
        let image = try set.image(0, decoding: decoding, shorterSide: 14).image
        #expect((image.width, image.height) == (isUpright ? (14, 23) : (23, 14)))
      }
    }
    let split = try ImageDataset(at: root, isUpright: true).holdingOut(0.5)
    #expect(split.training.isUpright && split.heldOut.isUpright)
  }
}
