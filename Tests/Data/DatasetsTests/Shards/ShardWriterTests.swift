import DataTestSupport
import Datasets
import FaultSupport
import Files
import Foundation
import Imaging
import Testing

/// What is packed is read as the folder that it was packed from.
@Suite struct ShardWriterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func picture(_ number: Int, channels: Int = 3) throws -> Image {
    try Image(
      width: 20 + number, height: 24, channels: channels,
      pixels: (0..<(20 + number) * 24 * channels).map {
        UInt8(truncatingIfNeeded: $0 * (3 + number))
      })
  }

  private func writeClasses() throws -> String {
    let names = [
      "cat/a", "cat/b c", "cat/caf\u{E9}", "dog/" + String(repeating: "n", count: 120), "dog/z",
    ]
    for (number, name) in names.enumerated() {
      try folder.write(picture(number), to: "set/\(name).png")
    }
    return folder.path("set")
  }

  private func write(_ set: ImageDataset, size: Int = 9000) throws -> ShardWriter.Summary {
    try ShardWriter(folder: folder.path("shards"), name: "set", size: size).write(set)
  }

  @Test func aFolderAndItsShardsAreTheSame() throws {
    let set = try ImageDataset(at: writeClasses())
    let summary = try write(set)
    #expect(summary.shards > 1 && summary.samples == 5)
    #expect(
      summary.pattern
        == folder.path("shards/set-{000000..00000\(summary.shards - 1)}.tar"))
    let packed = try ImageDataset(at: summary.pattern)
    #expect(packed.classes == set.classes)
    #expect(packed.samples.map(\.label) == set.samples.map(\.label))
    #expect(packed.remark == nil)
    // Names, sizes and bytes: the fingerprint of the data.
    let (one, other) = (
      DatasetFiles(of: set, readsContents: true), DatasetFiles(of: packed, readsContents: true)
    )
    #expect(one == other)
    // The share that is held out.
    func names(_ set: ImageDataset) -> [String] {
      set.holdingOut(0.4).heldOut.samples.map { String($0.path.split(separator: "/").last ?? "") }
    }
    #expect(names(packed) == names(set))
    for decoding in [ImageDecoding.exact, .scaled] {
      for index in 0..<5 {
        let (a, b) = (
          try set.image(index, decoding: decoding, shorterSide: 12).image,
          try packed.image(index, decoding: decoding, shorterSide: 12).image
        )
        #expect(a == b)
      }
    }
    #expect(DatasetCensus(of: packed).description == DatasetCensus(of: set).description)
    #expect(try DataSurvey(of: summary.pattern).shorterSide == DataSurvey(of: set.path).shorterSide)
  }

  @Test func viewsAreThoseOfTheFolder() throws {
    let set = try ImageDataset(at: writeClasses())
    let packed = try ImageDataset(at: write(set).pattern)
    func views(_ set: ImageDataset) throws -> [[Float]] {
      let order = BatchOrder(sampleCount: set.count, batchSize: 2, shuffleSeed: 3)
      let loader = BatchLoader(
        ClassificationSamples(
          set, preparation: .augmented(try RandAugment(operations: 2, magnitude: 20), seed: 1),
          size: 16, needsKeyView: true, normalization: .imageNet),
        batches: order.batches(to: 8), workers: 2)
      var views: [[Float]] = []
      while let batch = try loader.next() {
        views.append(Array(batch.query.bindMemory(to: Float.self)))
        views.append(batch.key.map { Array($0.bindMemory(to: Float.self)) } ?? [])
        views.append(batch.labels.bindMemory(to: Int64.self).map(Float.init))
      }
      return views
    }
    let isSame = try views(packed) == views(set)
    #expect(isSame)
  }

  @Test func theSameFilesGiveTheSameShards() throws {
    let set = try ImageDataset(at: writeClasses())
    func shards(_ name: String) throws -> [Data] {
      let summary = try ShardWriter(folder: folder.path(name), name: "set", size: 9000).write(set)
      let shards = try folder.files(below: name).map {
        try Data(contentsOf: URL(fileURLWithPath: folder.path("\(name)/\($0)")))
      }
      #expect(summary.bytes == shards.reduce(0) { $0 + $1.count })
      #expect(shards.dropLast().allSatisfy { $0.count <= 9000 && $0.count % 512 == 0 })
      return shards
    }
    #expect(try shards("one") == shards("two"))
    #expect(throws: DatasetError.shardsExist(path: folder.path("one/set-000000.tar"))) {
      try ShardWriter(folder: folder.path("one"), name: "set").write(set)
    }
  }

  /// GNU tar, which every Debian has, lists and unpacks what is written.
  @Test func gnuTarUnpacksTheShards() throws {
    let set = try ImageDataset(at: writeClasses())
    let summary = try write(set, size: 1 << 20)
    #expect(summary.shards == 1)
    try FileManager.default.createDirectory(
      atPath: folder.path("unpacked"), withIntermediateDirectories: true)
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = [
      "LC_ALL=C.UTF-8", "tar", "-xf", summary.pattern, "-C", folder.path("unpacked"),
    ]
    try tar.run()
    tar.waitUntilExit()
    #expect(tar.terminationStatus == 0)
    let names = folder.files(below: "unpacked").filter { $0.hasSuffix(".png") }
    #expect(names == folder.files(below: "set"))
    for name in names {
      #expect(
        FileManager.default.contentsEqual(
          atPath: folder.path("set/\(name)"), andPath: folder.path("unpacked/\(name)")))
    }
    #expect(
      try String(contentsOfFile: folder.path("unpacked/dog/z.cls"), encoding: .utf8) == "1")
  }

  /// Three scenes with a table of classes.
  private func writeScenes() throws -> SegmentationDataset {
    let table = "classes:\n  - {name: road, color: [1, 2, 3], values: [7]}\nignore: [0]\n"
    try folder.write(Data(table.utf8), to: "scenes/classes.yaml")
    for number in 0..<3 {
      let scene = try picture(number)
      try folder.write(scene, to: "scenes/images/\(number).png")
      let labels = (0..<scene.width * scene.height).map { UInt8($0 % 2 == 0 ? 7 : 0) }
      try folder.write(
        Image(width: scene.width, height: scene.height, channels: 1, pixels: labels),
        to: "scenes/labels/\(number).png")
    }
    return try SegmentationDataset(at: folder.path("scenes"))
  }

  @Test func scenesAndTheirClassesArePacked() throws {
    let set = try writeScenes()
    let summary = try ShardWriter(folder: folder.path("shards"), name: "s", size: 1).write(set)
    #expect(summary.shards == 3 && SegmentationDataset.isLaidOut(at: summary.pattern))
    let packed = try SegmentationDataset(at: summary.pattern)
    #expect(packed.classes == set.classes && packed.count == 3)
    for index in 0..<3 { #expect(try packed.read(index) == set.read(index)) }
    #expect(
      packed.holdingOut(0.4).heldOut.samples.map { $0.image.split(separator: "/").last }
        == set.holdingOut(0.4).heldOut.samples.map { $0.image.split(separator: "/").last })
    #expect(try packed.pixelCounts() == set.pixelCounts())
    #expect(
      SegmentationCensus(of: packed).description == SegmentationCensus(of: set).description)
    #expect(!SegmentationDataset.isLaidOut(at: try write(ImageDataset(at: writeClasses())).pattern))
  }

  /// Shards without it would be read as Cityscapes' label ids.
  @Test(arguments: [Fault.failure, .kill, .powerLoss])
  func shardsHaveTheirTableWhateverInterruptsTheirWriting(fault: Fault) throws {
    let set = try writeScenes()
    func write(_ operations: FaultyOperations) throws {
      _ = try FileSystem.$current.withValue(FileSystem(operations)) {
        try ShardWriter(folder: folder.path("shards"), name: "s", size: 1).write(set)
      }
    }
    let count = FaultyOperations()
    try write(count)
    #expect(count.count > 15)
    for point in 1...count.count {
      try? FileManager.default.removeItem(atPath: folder.path("shards"))
      let operations = FaultyOperations(fault, at: point)
      var hasFailed = false
      do { try write(operations) } catch { hasFailed = true }
      operations.end()
      let files = folder.files(below: "shards").filter { !$0.hasPrefix(".") }
      let hasShards = files.contains { $0.hasSuffix(".tar") }
      #expect(!hasShards || files.contains("classes.yaml"), "\(fault) at \(point)")
      if fault == .failure, hasFailed { #expect(files.isEmpty, "\(fault) at \(point)") }
    }
  }

  @Test func shardsDoNotChangeTheClassesOfOthers() throws {
    let table = "classes:\n  - {name: NAME, color: [1, 2, 3], values: [7]}\nignore: [0]\n"
    for name in ["road", "car"] {
      let own = table.replacing("NAME", with: name)
      try folder.write(Data(own.utf8), to: "\(name)/classes.yaml")
    }
    for name in ["road", "car", "cityscapes"] {
      try folder.write(picture(1), to: "\(name)/images/1.png")
      let labels = [UInt8](repeating: 7, count: try picture(1).width * picture(1).height)
      try folder.write(
        Image(
          width: picture(1).width, height: picture(1).height, channels: 1, pixels: labels),
        to: "\(name)/labels/1.png")
    }
    func pack(_ name: String, as other: String, into place: String = "shards") throws {
      _ = try ShardWriter(folder: folder.path(place), name: other)
        .write(SegmentationDataset(at: folder.path(name)))
    }
    try pack("road", as: "one")
    // The same classes, said otherwise.
    try folder.write(
      Data("# roads\n\(table.replacing("NAME", with: "road"))".utf8), to: "road/classes.yaml")
    try pack("road", as: "two")
    try pack("cityscapes", as: "one", into: "plain")
    try pack("cityscapes", as: "two", into: "plain")
    #expect(throws: DatasetError.otherClassTable(path: folder.path("plain/one-000000.tar"))) {
      try pack("road", as: "three", into: "plain")
    }
    let place = folder.path("shards/classes.yaml")
    for name in ["car", "cityscapes"] {
      #expect(throws: DatasetError.otherClassTable(path: place)) { try pack(name, as: "three") }
    }
    #expect(
      folder.files(below: "shards") == ["classes.yaml", "one-000000.tar", "two-000000.tar"])
    #expect(try String(contentsOfFile: place, encoding: .utf8).contains("road"))
  }

  @Test func namesThatWouldBeOneKeyAreRefused() throws {
    for name in ["a.b", "a_b"] { try folder.write(picture(1), to: "set/cat/\(name).png") }
    let error = #expect(throws: DatasetError.self) {
      try write(ImageDataset(at: folder.path("set")))
    }
    #expect(error.map { "\($0)".contains("has the same name as another picture") } == true)
    #expect(folder.files(below: "shards").isEmpty, "no shard is left")
  }

  @Test func aShardThatWasCutSinceIsNamed() throws {
    let set = try ImageDataset(at: writeClasses())
    let packed = try ImageDataset(at: write(set, size: 1 << 20).pattern)
    let path = folder.path("shards/set-000000.tar")
    try Data(contentsOf: URL(fileURLWithPath: path)).prefix(2000)
      .write(to: URL(fileURLWithPath: path))
    #expect {
      try packed.image(4, decoding: .exact, shorterSide: 1)
    } throws: {
      "\($0)".contains("\(path)/dog/z.png") && "\($0)".contains("it has changed since")
    }
  }
}
