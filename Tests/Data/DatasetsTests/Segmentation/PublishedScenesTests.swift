import CheckoutSupport
import DataTestSupport
import Datasets
import Foundation
import Imaging
import Testing

/// SYNTHIA, UrbanSyn, BDD100K and Mapillary Vistas as they lie on disk, against Fixtures/make_scenes.py.
@Suite struct PublishedScenesTests {
  struct Example: Decodable {
    let path: String
    let image: String
    let names: [String]
    let indices: [UInt8]
  }

  private struct Examples: Decodable {
    let sets: [Example]
  }

  private static let folder = Checkout.path("Tests/Data/DatasetsTests/Fixtures/scenes")
  private let examples: [Example]
  private let temporary: TemporaryFolder

  init() throws {
    examples = try JSONDecoder().decode(
      Examples.self, from: Data(contentsOf: URL(fileURLWithPath: Self.folder + ".json"))
    ).sets
    temporary = try TemporaryFolder()
  }

  private func example(_ path: String) throws -> Example {
    try #require(examples.first { $0.path == path })
  }

  @Test func labelsBecomeTheClassesOfCityscapes() throws {
    #expect(examples.count == 6)
    for example in examples {
      let path = "\(Self.folder)/\(example.path)"
      #expect(SegmentationDataset.isLaidOut(at: path))
      let set = try SegmentationDataset(at: path)
      #expect(set.classNames == example.names, "\(path)")
      #expect(set.samples.map(\.image) == ["\(path)/\(example.image)"])
      #expect(try set.read(0).classMap.pixels == example.indices, "\(path)")
      #expect(
        Set(example.indices).count == example.names.count + 1, "a class is missing in \(path)")
      // Each class has the colour that it has in Cityscapes.
      for entry in set.classes.classes {
        let same = SegmentationClasses.cityscapes.classes.first { $0.name == entry.name }
        #expect(entry.color == same?.color)
      }
    }
  }

  @Test func aCensusFindsNothingWrong() throws {
    for example in examples {
      let path = "\(Self.folder)/\(example.path)"
      let census = SegmentationCensus(of: try SegmentationDataset(withGapsAt: path))
      #expect(census.problems.isEmpty && census.images == 1, "\(census.problems)")
      #expect(census.classes.allSatisfy { $0.pixels > 0 })
    }
  }

  @Test func aListOfNamesIsASplit() throws {
    let root = try copied("urbansyn")
    try temporary.write(Data("rgb_0007.png\n".utf8), to: "urbansyn/val.txt")
    let set = try SegmentationDataset(at: root + "/val.txt")
    #expect(try set.read(0).classMap.pixels == example("urbansyn").indices)
    #expect(SegmentationDataset.isLaidOut(at: root + "/val.txt"))
    try temporary.write(Data("rgb_0008.png\n".utf8), to: "urbansyn/other.txt")
    #expect(
      throws: DatasetError.noImage(
        path: root + "/rgb/rgb_0008.png", list: root + "/other.txt")
    ) { try SegmentationDataset(at: root + "/other.txt") }
  }

  @Test func anImageWithoutItsLabelMapIsNamedByTheMapsOwnName() throws {
    let root = try copied("urbansyn")
    try FileManager.default.moveItem(
      atPath: root + "/ss/ss_0007.png", toPath: root + "/ss/ss_0009.png")
    #expect(
      throws: DatasetError.noLabels(
        image: root + "/rgb/rgb_0007.png", expected: [root + "/ss/ss_0007.png"])
    ) { try SegmentationDataset(at: root) }
    let gaps = try SegmentationDataset(withGapsAt: root).unpaired
    #expect(
      gaps.contains(.noImageOfLabels(labels: root + "/ss/ss_0009.png", folder: root + "/rgb")))
  }

  @Test func aTableInTheFolderComesFirst() throws {
    let root = try copied("synthia")
    let table = """
      classes:
        - {name: street, color: [1, 2, 3], values: [3, 22]}
      ignore: [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]
      """
    try temporary.write(Data(table.utf8), to: "synthia/classes.yaml")
    let set = try SegmentationDataset(at: root)
    #expect(set.classNames == ["street"])
    let roads = try example("synthia").indices.count { $0 == 0 }
    #expect(try set.read(0).classMap.pixels.count { $0 == 0 } > roads)
  }

  @Test func labelsThatNoByteHoldsAreNamedWithTheirPlace() throws {
    let root = try copied("synthia")
    let path = root + "/GT/LABELS/0000003.png"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: Self.folder + "/wide-label.png", toPath: path)
    let error = #expect(throws: ImageError.self) { try SegmentationDataset(at: root).read(0) }
    #expect(
      error.map { "\($0)" }
        == "\(path): the first channel of a label map holds values up to 255, not 259 as at column 2, row 1."
    )
  }

  /// Only SYNTHIA's label maps have several channels.
  @Test func wideLabelMapsElsewhereAreRefused() throws {
    let root = try copied("mapillary-1.1")
    let path = root + "/validation/labels/0035fkbjWljhaftpVM37-g.png"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(
      atPath: root + "/validation/instances/0035fkbjWljhaftpVM37-g.png", toPath: path)
    let error = #expect(throws: ImageError.self) {
      try SegmentationDataset(at: root + "/validation").read(0)
    }
    #expect(error.map { "\($0)".contains("not one of 3 channels of 16 bits") } == true)
  }

  /// Renders of one's own with instances beside them, whose labels mean something else.
  @Test(arguments: [
    "a", "0035fkbjWljhaftpVM37-gg", "0035fkbjWljhaftpVM37 g", "0035fkbjWljhaftpVM37é-",
  ])
  func otherFoldersOfTheseNamesNeedATable(name: String) throws {
    let root = try copied("mapillary-1.1") + "/validation"
    // One image that Mapillary would have named otherwise is enough.
    for (folder, type) in [("images", "jpg"), ("labels", "png")] {
      try FileManager.default.copyItem(
        atPath: "\(root)/\(folder)/0035fkbjWljhaftpVM37-g.\(type)",
        toPath: "\(root)/\(folder)/\(name).\(type)")
    }
    #expect(SegmentationDataset.isLaidOut(at: root))
    let error = #expect(throws: DatasetError.noClassTable(path: root)) {
      try SegmentationDataset(at: root)
    }
    #expect(
      error.map { "\($0)" }
        == "the classes of \(root) are not known: it has folders images, labels and instances like a split of Mapillary "
        + "Vistas, whose images have names of 22 letters, digits, - and _, and here they have others; write its classes "
        + "to \(root)/classes.yaml")

    let table = """
      classes:
        - {name: bird, color: [1, 2, 3], values: [0]}
      ignore: [\((1...65).map(String.init).joined(separator: ", "))]
      """
    try temporary.write(Data(table.utf8), to: "mapillary-1.1/validation/classes.yaml")
    let set = try SegmentationDataset(at: root)
    #expect(set.classNames == ["bird"] && set.count == 2)
    #expect(try set.read(0).classMap.pixels.contains(0))
  }

  /// Without its newer label maps, without a split, or with folders of the same names that hold something else.
  @Test func whatIsNotUnpackedSoIsSaid() throws {
    let root = try copied("mapillary")
    try FileManager.default.moveItem(
      atPath: root + "/validation/v1.2", toPath: root + "/validation/v2.0")
    let splits = Self.folder + "/bdd100k"
    for path in [root + "/validation", splits, Self.folder + "/synthia/RGB"] {
      // One of several splits must be named, of label maps though.
      #expect(SegmentationDataset.isLaidOut(at: path) == (path == splits))
      #expect(throws: DatasetError.noScenes(path: path)) { try SegmentationDataset(at: path) }
    }
    let sentence = "\(DatasetError.noScenes(path: "x"))"
    for folder in ["RGB, GT/LABELS", "rgb, ss", "images/10k/val", "v1.2/labels"] {
      #expect(sentence.contains(folder))
    }
  }

  /// Packed in shards they mean the same, or are refused.
  @Test func shardsKeepTheMeaningOfLabels() throws {
    for example in examples {
      let set = try SegmentationDataset(at: "\(Self.folder)/\(example.path)")
      let name = example.path.replacing("/", with: "-")
      let writer = ShardWriter(folder: temporary.path(name), name: "s")
      if example.path == "synthia" {
        let error = #expect(throws: DatasetError.self) { try writer.write(set) }
        #expect(error.map { "\($0)".contains("has several channels") } == true)
        continue
      }
      let packed = try SegmentationDataset(at: writer.write(set).pattern)
      #expect(packed.classNames == example.names)
      #expect(try packed.read(0) == set.read(0))
      // Another split of the set lies beside it, under the table that the first has written.
      let other = try ShardWriter(folder: temporary.path(name), name: "t").write(set)
      #expect(try SegmentationDataset(at: other.pattern).read(0) == set.read(0))
    }
  }

  private func copied(_ name: String) throws -> String {
    let path = temporary.path(name)
    try FileManager.default.copyItem(atPath: "\(Self.folder)/\(name)", toPath: path)
    return path
  }
}
