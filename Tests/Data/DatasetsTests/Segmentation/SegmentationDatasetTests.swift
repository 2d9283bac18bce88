import DataTestSupport
import Datasets
import Foundation
import Imaging
import Testing

@Suite struct SegmentationDatasetTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func pairsAreReadByTheTableBesideThem() throws {
    try writePair("b", labels: [1, 9, 9, 200])
    try writePair("a", labels: [9, 1, 1, 9])
    try write(table, to: "classes.yaml")
    let set = try SegmentationDataset(at: folder.path(""))
    #expect(set.classNames == ["street", "thing"])
    #expect(set.samples.map(\.image) == ["a", "b"].map { folder.path("images/\($0).png") })
    #expect(try set.read(0).classMap.pixels == [1, 0, 0, 1])
    #expect(try set.read(1).classMap.pixels == [0, 1, 1, 255])
    #expect(set.classes.classes[1].color == [9, 8, 7])
  }

  @Test func withoutATablePairsHaveTheClassesOfGTA5() throws {
    try writePair("1", labels: [7, 33, 0, 34])
    let set = try SegmentationDataset(at: folder.path(""))
    #expect(set.classNames.count == 19)
    #expect(try set.read(0).classMap.pixels == [0, 18, 255, 255])
    // Half of the pixels are in no class, as where other ids are meant.
    #expect("\(SegmentationCensus(of: set))".contains("so that values are taken for Cityscapes'"))
    try writePair("1", labels: [7, 33, 8, 34])
    #expect(!"\(SegmentationCensus(of: set))".contains("Cityscapes'"))
  }

  @Test func everyLabelIdHasTheIndexOfThePaper() throws {
    let indices = [
      7: 0, 8: 1, 11: 2, 12: 3, 13: 4, 17: 5, 19: 6, 20: 7, 21: 8, 22: 9, 23: 10, 24: 11, 25: 12,
      26: 13, 27: 14, 28: 15, 31: 16, 32: 17, 33: 18,
    ]
    for id in 0...34 {
      try writePair("\(id)", labels: [UInt8(id), 255, UInt8(id), 7])
      let set = try SegmentationDataset(at: write("\(id).png", to: "\(id).txt"))
      let expected = UInt8(indices[id] ?? 255)
      #expect(try set.read(0).classMap.pixels == [expected, 255, expected, 0])
    }
  }

  @Test func aListNamesItsImages() throws {
    for name in ["1", "2", "3"] { try writePair(name, labels: [7, 7, 7, 7]) }
    let set = try SegmentationDataset(at: write("3.png\n\n 1.png \n", to: "split.txt"))
    #expect(set.samples.map(\.image) == ["3", "1"].map { folder.path("images/\($0).png") })
    #expect(SegmentationDataset.isLaidOut(at: folder.path("split.txt")))
    #expect(SegmentationDataset.isLaidOut(at: folder.path("")))
    #expect(!SegmentationDataset.isLaidOut(at: folder.path("images")))
  }

  @Test func cityscapesIsReadByEitherKindOfIds() throws {
    let photo = try Image(width: 2, height: 2, color: [1, 2, 3])
    for (city, kind, labels) in [
      ("ulm", "labelTrainIds", [0, 18, 255, 1]), ("bonn", "labelIds", [7, 33, 0, 8] as [UInt8]),
    ] {
      try folder.write(photo, to: "leftImg8bit/val/\(city)/\(city)_1_2_leftImg8bit.png")
      try folder.write(
        Image(width: 2, height: 2, channels: 1, pixels: labels),
        to: "gtFine/val/\(city)/\(city)_1_2_gtFine_\(kind).png")
    }
    let set = try SegmentationDataset(at: folder.path("leftImg8bit/val"))
    #expect(set.count == 2)
    for index in 0..<2 { #expect(try set.read(index).classMap.pixels == [0, 18, 255, 1]) }
    #expect(try SegmentationDataset(at: folder.path("leftImg8bit/val/ulm")).count == 1)
  }

  @Test func citiesAndSplitsOfCityscapesMayBeLinks() throws {
    let photo = try Image(width: 2, height: 2, color: [1, 2, 3])
    let labels = try Image(width: 2, height: 2, color: [7])
    for (photos, maps) in [
      ("elsewhere/ulm", "labels/ulm"), ("leftImg8bit/real/bonn", "gtFine/val/bonn"),
    ] {
      let city = (photos as NSString).lastPathComponent
      try folder.write(photo, to: "\(photos)/\(city)_1_2_leftImg8bit.png")
      try folder.write(labels, to: "\(maps)/\(city)_1_2_gtFine_labelIds.png")
    }
    for (link, target) in [
      ("leftImg8bit/real/ulm", "elsewhere/ulm"), ("gtFine/val/ulm", "labels/ulm"),
      ("leftImg8bit/val", "leftImg8bit/real"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(link), withDestinationPath: folder.path(target))
    }
    let set = try SegmentationDataset(at: folder.path("leftImg8bit/val"))
    #expect(
      set.samples.map { ($0.image as NSString).lastPathComponent }
        == ["bonn_1_2_leftImg8bit.png", "ulm_1_2_leftImg8bit.png"])
    #expect(try set.read(1).classMap.pixels == [0, 0, 0, 0])
    let photoPath = folder.path("leftImg8bit/val/ulm/ulm_1_2_leftImg8bit.png")
    #expect {
      try SegmentationDataset(at: photoPath)
    } throws: {
      "\($0)".contains("expected images named *_leftImg8bit.png")
    }
  }

  @Test func heldOutImagesAreTheSameForEveryOrder() throws {
    for number in 0..<20 { try writePair("\(number)", labels: [7, 7, 7, 7]) }
    let split = try SegmentationDataset(at: folder.path("")).holdingOut(0.25)
    #expect(split.heldOut.count == 5 && split.training.count == 15)
    let heldOut = Set(split.heldOut.samples.map(\.image))
    #expect(heldOut.isDisjoint(with: split.training.samples.map(\.image)))
    let list = (0..<20).reversed().map { "\($0).png" }.joined(separator: "\n")
    let other = try SegmentationDataset(at: write(list, to: "list.txt")).holdingOut(0.25)
    #expect(Set(other.heldOut.samples.map(\.image)) == heldOut)
  }

  @Test func whatDoesNotFitIsNamedInASentence() throws {
    let photo = try Image(width: 2, height: 2, color: [1, 2, 3])
    func expectError(_ said: [String], _ body: () throws -> Void) {
      #expect {
        try body()
      } throws: { error in
        said.allSatisfy { "\(error)".contains($0) }
      }
    }
    func read(_ name: String) throws {
      _ = try SegmentationDataset(at: write("\(name).png", to: "\(name).txt")).read(0)
    }
    expectError(["no images with label maps at", "leftImg8bit/val"]) {
      _ = try SegmentationDataset(at: folder.path("nothing"))
    }
    try folder.write(photo, to: "images/alone.png")
    try folder.write(Data(), to: "labels/.keep")
    expectError(["alone.png has no label map", "labels/alone.png"]) { try read("alone") }
    expectError(["names an image that is not there", "absent.png"]) { try read("absent") }

    try writePair("small", labels: [7, 7, 7, 7])
    try folder.write(Image(width: 3, height: 2, color: [7]), to: "labels/small.png")
    expectError(["2 × 2 pixels", "3 × 2", "small.png", "on_error=skip"]) { try read("small") }

    try writePair("unknown", labels: [7, 7, 77, 7])
    expectError(["the value 77 at column 0, row 1", "class table"]) { try read("unknown") }

    try writePair("colored", labels: [7, 7, 7, 7])
    try folder.write(photo, to: "labels/colored.png")
    expectError(["labels/colored.png", "palette PNG or an 8-bit grey PNG"]) { try read("colored") }
  }

  @Test(arguments: [
    ("classes: []", "1 to 254 classes"),
    ("classes: [{name: a, color: [1, 2], values: [1]}]", "2 numbers"),
    ("classes: [{name: a, color: [1, 2, 3], values: []}]", "no values"),
    ("classes: [{name: a, color: [1, 2, 3], values: [255]}]", "255 of 'a' occurs twice"),
    (
      "classes: [{name: a, color: [1, 2, 3], values: [1]}, {name: a, color: [1, 2, 3], values: [2]}]",
      "'a' occurs twice"
    ),
    ("classes: [{name: a, colour: [1, 2, 3], values: [1]}]", "color"),
    ("classes: [{name: a, color: [1, 2, 300], values: [1]}]", "300"),
  ])
  func aTableThatContradictsItselfIsRefused(text: String, said: String) throws {
    try writePair("1", labels: [7, 7, 7, 7])
    try write(text, to: "classes.yaml")
    #expect {
      try SegmentationDataset(at: folder.path(""))
    } throws: {
      "\($0)".contains(said) && "\($0)".contains("classes.yaml")
    }
  }

  @Test func aCensusCountsPixelsAndNamesProblems() throws {
    try write(table, to: "classes.yaml")
    try writePair("1", labels: [1, 1, 9, 200])
    try writePair("2", labels: [1, 1, 1, 1])
    try writePair("3", labels: [1, 3, 1, 1])
    let census = SegmentationCensus(of: try SegmentationDataset(at: folder.path("")))
    #expect(census.classes.map(\.pixels) == [6, 1])
    #expect(census.classes.map(\.images) == [2, 1])
    #expect(census.images == 2 && census.ignoredPixels == 1)
    #expect(census.problems.count == 1)
    #expect(census.problems.first?.contains("the value 3") == true)
  }

  @Test func classMapsGoBackToLabelIdsAndColors() throws {
    let classes = SegmentationClasses.cityscapes
    let map = try Image(width: 3, height: 1, channels: 1, pixels: [0, 18, 255])
    #expect(classes.labelIds(of: map).pixels == [7, 33, 255])
    #expect(try classes.colors(of: map).pixels == [128, 64, 128, 119, 11, 32, 0, 0, 0])
    let decoded = try JSONDecoder().decode(
      SegmentationClasses.self, from: JSONEncoder().encode(classes))
    #expect(decoded == classes)
  }

  private let table = """
    classes:
      - {name: street, color: [1, 2, 3], values: [1]}
      - {name: thing, color: [9, 8, 7], values: [9, 10]}
    ignore: [200, 255]
    """

  @discardableResult
  private func write(_ text: String, to name: String) throws -> String {
    try folder.write(Data(text.utf8), to: name)
    return folder.path(name)
  }

  private func writePair(_ name: String, labels: [UInt8]) throws {
    try folder.write(Image(width: 2, height: 2, color: [1, 2, 3]), to: "images/\(name).png")
    try folder.write(
      Image(width: 2, height: 2, channels: 1, pixels: labels), to: "labels/\(name).png")
  }
}
