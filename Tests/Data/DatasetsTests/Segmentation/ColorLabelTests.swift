import DataTestSupport
import Datasets
import Foundation
import Imaging
import Testing

/// Label maps of colours, pairs that lack a part, and classes by other names.
@Suite struct ColorLabelTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func write(_ table: String) throws {
    try folder.write(Data(table.utf8), to: "classes.yaml")
  }

  private func writePair(_ name: String, _ colors: [[UInt8]]) throws {
    try folder.write(Image(width: 2, height: 2, color: [1, 2, 3]), to: "images/\(name).png")
    try folder.write(
      Image(width: 2, height: 2, channels: 3, pixels: colors.flatMap { $0 }),
      to: "labels/\(name).png")
  }

  private let road: [UInt8] = [128, 64, 128]
  private let car: [UInt8] = [0, 0, 142]

  @Test(arguments: ["", ", values: [7]"])
  func colorsStandForClasses(values: String) throws {
    try write(
      """
      classes:
        - {name: road, color: [128, 64, 128]\(values)}
        - {name: car, color: [0, 0, 142]\(values.replacing("7", with: "9"))}
      ignore_colors: [[0, 0, 0]]
      """)
    try writePair("a", [road, car, [0, 0, 0], car])
    let set = try SegmentationDataset(at: folder.path(""))
    #expect(try set.read(0).classMap.pixels == [0, 1, 255, 1])
    let census = SegmentationCensus(of: set)
    #expect(census.problems.isEmpty)
    #expect(census.classes.map(\.pixels) == [1, 2])
    let table = try JSONDecoder().decode(
      SegmentationClasses.self, from: JSONEncoder().encode(set.classes))
    #expect(table.readsColors == values.isEmpty)
    #expect(table.ignoredColors == [[0, 0, 0]])
  }

  /// The table's classes have no values that these could be.
  @Test func ignoredValuesAreNoMatterWhereColorsAreRead() throws {
    try write(
      """
      classes: [{name: road, color: [128, 64, 128]}, {name: car, color: [0, 0, 142]}]
      ignore: [0, 255]
      ignore_colors: [[0, 0, 0]]
      """)
    try writePair("a", [road, car, [0, 0, 0], car])
    let set = try SegmentationDataset(at: folder.path(""))
    let scene = try set.read(0)
    #expect(scene.classMap.pixels == [0, 1, 255, 1])
    // Maps that are written hold indices, and none of them for what has no class.
    #expect(set.classes.labelIds(of: scene.classMap).pixels == [0, 1, 255, 1])
  }

  @Test func anUnknownColorIsNamedWithItsPlace() throws {
    try write("classes: [{name: road, color: [128, 64, 128]}]")
    try writePair("a", [road, road, road, car])
    let error = DatasetError.unknownColor(
      path: folder.path("labels/a.png"), color: car, x: 1, y: 1)
    let set = try SegmentationDataset(at: folder.url.path)
    #expect(throws: error) { try set.read(0) }
    #expect(SegmentationCensus(of: set).problems == ["\(error)"])
  }

  @Test(arguments: [
    ("classes: [{name: a, color: [1, 2, 3]}, {name: b, color: [1, 2, 3]}]", "occurs twice"),
    ("classes: [{name: a, color: [1, 2, 3]}]\nignore_colors: [[1, 2]]", "2 numbers"),
    (
      "classes: [{name: a, color: [1, 2, 3]}, {name: b, color: [1, 2, 4], values: [3]}]",
      "no values"
    ),
    ("classes: [{name: a, color: [1, 2, 3]}]\nignore_colors: [[1, 2, 300]]", "300"),
  ])
  func colorsThatCannotBeToldApartAreRefused(table: String, said: String) throws {
    try write(table)
    try writePair("a", [road, road, road, road])
    #expect {
      try SegmentationDataset(at: folder.url.path)
    } throws: {
      "\($0)".contains(said)
    }
  }

  @Test func everyImageWithoutItsLabelsIsListed() throws {
    try write("classes: [{name: road, color: [128, 64, 128]}]")
    try writePair("a", [road, road, road, road])
    for name in ["b", "c"] {
      try folder.write(Image(width: 2, height: 2, color: [1, 2, 3]), to: "images/\(name).png")
    }
    try folder.write(Image(width: 2, height: 2, color: road), to: "labels/d.png")
    let census = SegmentationCensus(
      of: try SegmentationDataset(withGapsAt: folder.url.path))
    #expect(census.images == 1)
    #expect(census.problems.count == 3)
    for name in ["images/b.png has no label map", "images/c.png has no label map", "labels/d.png"] {
      #expect(census.problems.contains { $0.contains(name) }, "\(name)")
    }
    let error = #expect(throws: DatasetError.self) {
      try SegmentationDataset(at: folder.url.path)
    }
    #expect(error?.description.contains("there are 2 such images") == true)
    try FileManager.default.removeItem(atPath: folder.path("images/b.png"))
    try FileManager.default.removeItem(atPath: folder.path("images/c.png"))
    #expect(try SegmentationDataset(at: folder.url.path).count == 1)
  }

  @Test func pixelsOfOtherClassesAreIgnored() throws {
    try write(
      "classes: [{name: road, color: [128, 64, 128]}, {name: auto, color: [0, 0, 142]}, {name: sky, color: [1, 1, 1]}]"
    )
    try writePair("a", [road, car, [1, 1, 1], car])
    let set = try SegmentationDataset(at: folder.url.path)
    let aligned = try set.aligned(to: ["car", "road", "tree"], renaming: ["auto": "car"])
    #expect(aligned.classNames == ["car", "road", "tree"])
    #expect(try aligned.read(0).classMap.pixels == [1, 0, 255, 0])
    #expect(
      aligned.judgedClasses
        == "judged on 2 of 3 classes: it has no tree; left out are its classes sky")
  }

  @Test func picturesWithoutLabelMapsAreUnlabelled() throws {
    try folder.write(Image(width: 2, height: 2, color: [1, 2, 3]), to: "images/a.png")
    let set = try SegmentationDataset(unlabelledAt: folder.url.path)
    #expect(set.count == 1 && !set.isLabelled)
  }
}
