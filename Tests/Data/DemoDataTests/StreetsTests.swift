import DataTestSupport
import Datasets
import DemoData
import Foundation
import Imaging
import Testing

@Suite struct StreetsTests {
  private let folder: TemporaryFolder
  private let options = Streets.Options(
    width: 160, height: 96, trainingCount: 8, heldOutCount: 3, otherStyleCount: 8)

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func theSetIsReadAsItIsLaidOut() throws {
    let said = try Streets.make(at: folder.path("streets"), options)
    #expect(said.contains("8 streets to train on, 3 held out, 8 in the held-out style"))
    var seen = Set<UInt8>()
    for (part, count) in [("source/train", 8), ("source/held-out", 3), ("held-out-style", 8)] {
      let set = try SegmentationDataset(at: folder.path("streets/\(part)"))
      #expect(set.count == count && set.classNames.count == 8)
      for index in 0..<count {
        let scene = try set.read(index)
        #expect(scene.image.width == 160 && scene.image.height == 96)
        seen.formUnion(scene.classMap.pixels)
      }
    }
    #expect(seen == Set(0..<8))
  }

  @Test func theSameSeedDrawsTheSameStreets() throws {
    _ = try Streets.make(at: folder.path("one"), options)
    _ = try Streets.make(at: folder.path("two"), options)
    let files = folder.files(below: "one")
    #expect(files.count == 2 * 19 + 6)
    for file in files {
      let isSame =
        try Data(contentsOf: folder.url.appendingPathComponent("one/\(file)"))
        == Data(contentsOf: folder.url.appendingPathComponent("two/\(file)"))
      #expect(isSame, "\(file)")
    }
    var other = options
    other.seed = 1
    _ = try Streets.make(at: folder.path("three"), other)
    #expect(
      try picture("one/source/train/images/00001.png")
        != picture("three/source/train/images/00001.png"))
  }

  @Test func aFinishedSetIsLeftAsItIsAndNothingElseIsReplaced() throws {
    _ = try Streets.make(at: folder.path("streets"), options)
    #expect(try Streets.make(at: folder.path("streets"), options).hasSuffix("as it was"))
    try folder.write(Data("mine".utf8), to: "other/file.txt")
    #expect(throws: FolderError.occupied(folder: folder.path("other"))) {
      try Streets.make(at: folder.path("other"), options)
    }
  }

  @Test func whatTheMakerDidNotMakeIsNeverDeleted() throws {
    let set = folder.path("streets")
    _ = try Streets.make(at: set, options)
    var other = options
    other.seed = 1
    for (name, found) in [
      ("note.txt", "note.txt"), (".hidden", ".hidden"),
      ("source/train/images/99999.png", "source/train/images/99999.png"),
      ("mine/deep/file", "mine"),
      ("source/train/images/00001.png", "source/train/images/00001.png"),
    ] {
      let former = try? Data(contentsOf: URL(fileURLWithPath: "\(set)/\(name)"))
      try folder.write(Data("mine".utf8), to: "streets/\(name)")
      #expect(throws: FolderError.foreign(folder: set, name: found)) {
        try Streets.make(at: set, other)
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: "\(set)/\(name)")) == Data("mine".utf8))
      try FileManager.default.removeItem(atPath: "\(set)/\(found)")
      if let former { try folder.write(former, to: "streets/\(name)") }
    }
    // A link belongs to the user too, regardless of its target.
    try FileManager.default.createSymbolicLink(
      atPath: "\(set)/link", withDestinationPath: "\(set)/source")
    #expect(throws: FolderError.foreign(folder: set, name: "link")) {
      try Streets.make(at: set, other)
    }
    try FileManager.default.removeItem(atPath: "\(set)/link")
    #expect(try !Streets.make(at: set, other).hasSuffix("as it was"))
    try FileManager.default.removeItem(atPath: "\(set)/made-files.txt")
    #expect(throws: FolderError.unlisted(folder: set)) { try Streets.make(at: set, options) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["streets"])
  }

  @Test func leftoversOfKilledMakersAreRemovedAndNothingElse() throws {
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }
    let set = folder.path("streets")
    // Half filled: the list is empty until a set is whole.
    for name in ["half.png", "made-files.txt"] {
      try folder.write(Data(), to: "streets.partial/\(name)")
    }
    _ = try Streets.make(at: set, options)
    #expect(try names() == ["streets"])
    // Moved away, and the new set not yet in its place.
    try FileManager.default.moveItem(atPath: set, toPath: folder.path("streets.former"))
    #expect(try Streets.make(at: set, options).hasSuffix("as it was"))
    #expect(try names() == ["streets"])
    // The user's.
    try folder.write(Data("mine".utf8), to: "streets.partial/file.txt")
    var other = options
    other.seed = 1
    #expect(throws: FolderError.unlisted(folder: folder.path("streets.partial"))) {
      try Streets.make(at: set, other)
    }
    #expect(try names() == ["streets", "streets.partial"])
    for name in ["streets", "streets.partial"] {
      try FileManager.default.removeItem(atPath: folder.path(name))
    }
    try folder.write(Data("mine".utf8), to: "streets.former/file.txt")
    #expect(throws: FolderError.unlisted(folder: folder.path("streets.former"))) {
      try Streets.make(at: set, other)
    }
    #expect(try names() == ["streets.former"])
  }

  /// What the geometry shows at certain places: sky at the top, road under the camera.
  @Test func labelsFollowTheGeometry() throws {
    _ = try Streets.make(at: folder.path("streets"), options)
    let set = try SegmentationDataset(at: folder.path("streets/source/train"))
    let (road, sky) = (UInt8(0), UInt8(5))
    #expect(set.classNames[0] == "road" && set.classNames[5] == "sky")
    for index in 0..<set.count {
      let map = try set.read(index).classMap
      #expect(map.pixels[95 * 160 + 80] == road)
      #expect(!map.pixels.suffix(160 * 40).contains(sky))
      #expect(!map.pixels.prefix(160 * 30).contains(road))
    }
  }

  @Test func stylesDifferInColorNotInWhatTheyShow() throws {
    _ = try Streets.make(at: folder.path("streets"), options)
    var shares: [[Double]] = []
    var means: [[Double]] = []
    for part in ["source/train", "held-out-style"] {
      let set = try SegmentationDataset(at: folder.path("streets/\(part)"))
      let scenes = try (0..<set.count).map(set.read)
      let pixels = scenes.flatMap(\.image.pixels)
      means.append(
        (0..<3).map { channel in
          let values = stride(from: channel, to: pixels.count, by: 3).map { Double(pixels[$0]) }
          return values.reduce(0, +) / Double(values.count)
        })
      let labels = scenes.flatMap(\.classMap.pixels)
      shares.append(
        (0..<8).map { index in
          Double(labels.count { $0 == UInt8(index) }) / Double(labels.count)
        })
    }
    #expect(zip(means[0], means[1]).contains { abs($0 - $1) > 25 })
    #expect(zip(shares[0], shares[1]).allSatisfy { abs($0 - $1) < 0.12 })
  }

  private func picture(_ path: String) throws -> Image {
    try Image.decodeRGB(path: folder.path(path))
  }
}
