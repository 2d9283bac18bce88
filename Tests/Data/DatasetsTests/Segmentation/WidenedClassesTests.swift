import DataTestSupport
import Datasets
import Foundation
import Imaging
import Testing

/// Sets that have some of the classes that a network distinguishes.
@Suite struct WidenedClassesTests {
  private let folder: TemporaryFolder
  private let set: SegmentationDataset

  init() throws {
    folder = try TemporaryFolder()
    for name in ["1", "2", "3"] {
      try folder.write(Image(width: 2, height: 2, color: [1, 2, 3]), to: "set/images/\(name).png")
      try folder.write(
        Image(width: 2, height: 2, channels: 1, pixels: [5, 6, 5, 0]), to: "set/labels/\(name).png")
    }
    let table = """
      classes:
        - {name: car, color: [1, 2, 3], values: [5]}
        - {name: road, color: [4, 5, 6], values: [6, 7]}
      ignore: [0]
      """
    try folder.write(Data(table.utf8), to: "set/classes.yaml")
    set = try SegmentationDataset(at: folder.path("set"))
  }

  @Test func aSetOfSomeClassesIsTrainedOnAmongAll() throws {
    let wide = try set.widened(to: ["road", "sky", "car"])
    #expect(wide.classNames == ["road", "sky", "car"])
    #expect(try wide.read(0).classMap.pixels == [2, 0, 2, 255])
    #expect(try wide.pixelCounts() == [3, 0, 6])
    #expect(wide.remark?.contains("2 of 3 classes are labelled: it has no sky") == true)
    // Both parts of it, too.
    let split = wide.holdingOut(0.34)
    for part in [split.training, split.heldOut] {
      #expect(part.classNames == wide.classNames)
      #expect(try part.read(0).classMap.pixels == [2, 0, 2, 255])
    }
  }

  @Test func noOtherSetIsChanged() throws {
    #expect(try set.widened(to: ["car", "road"]) == set)
    #expect(try set.widened(to: ["road", "car"]) == set)
    #expect(try set.widened(to: ["road", "sky", "bus"]) == set)
  }

  @Test func predictionsAreWrittenInTheValuesOfTheSet() throws {
    let map = try Image(width: 4, height: 1, channels: 1, pixels: [2, 0, 1, 255])
    let wide = try set.aligned(to: ["road", "sky", "car"], renaming: [:])
    #expect(wide.labelIds(of: map).pixels == [5, 6, 0, 0])
    let two = try Image(width: 3, height: 1, channels: 1, pixels: [0, 1, 255])
    #expect(set.labelIds(of: two).pixels == [5, 6, 0])
  }
}
