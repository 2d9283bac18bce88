import CheckoutSupport
import DataTestSupport
import Datasets
import Foundation
import Imaging
import Testing

/// Versions of the query view in other styles.
@Suite struct StyledViewsTests {
  private let folder: TemporaryFolder
  private let dataset: ImageDataset

  init() throws {
    folder = try TemporaryFolder()
    for (name, factor) in [("own", 7), ("other", 3)] {
      let pixels = (0..<40 * 36 * 3).map { UInt8(truncatingIfNeeded: $0 * factor / 5) }
      try folder.write(
        Image(width: 40, height: 36, channels: 3, pixels: pixels), to: "styles/\(name).png")
    }
    try folder.write(
      Data(contentsOf: folder.url.appendingPathComponent("styles/own.png")),
      to: "data/thing/own.png")
    dataset = try ImageDataset(at: folder.path("data"))
  }

  /// An image in its own style is itself, so that the version is cut as the query is.
  @Test func aVersionIsCutAndAugmentedAsTheQuery() throws {
    for epoch in 0..<6 {
      let views = try views(["own"], count: 2, epoch: epoch)
      #expect(views.styled.count == 2)
      let isSame = views.styled.allSatisfy { $0 == views.query }
      #expect(isSame)
    }
  }

  @Test func stylesAreDrawnAnewForEveryVersionAndEpoch() throws {
    var kinds = Set<[Bool]>()
    for epoch in 0..<12 {
      let views = try views(["own", "other"], count: 2, epoch: epoch)
      kinds.insert(views.styled.map { $0 == views.query })
      let again = try self.views(["own", "other"], count: 2, epoch: epoch)
      let isSame = again.styled == views.styled
      #expect(isSame)
    }
    #expect(kinds.count >= 3)
  }

  @Test func aStyleThatCannotBeReadIsNamed() {
    #expect {
      try views(["nothing"], count: 1, epoch: 0)
    } throws: {
      "\($0)".contains("styles/nothing.png")
    }
  }

  /// A picture has 4320 bytes; what does not fit is read again, and gives the same.
  @Test(arguments: [0, 4319, 4320, 8640])
  func stylesAreKeptWithinTheBudgetOfMemory(budget: Int) throws {
    let names = ["own", "other"]
    let source = StyledViews.Source.pictures(
      StylePictures(names.map { folder.path("styles/\($0).png") }, budget: budget),
      transfers: [.colorStatistics, .lowFrequencies(share: 0.05)])
    for epoch in 0..<12 {
      let isSame =
        try views(source, count: 2, epoch: epoch).styled
        == views(names, count: 2, epoch: epoch).styled
      #expect(isSame)
    }
    for name in names {
      try FileManager.default.removeItem(atPath: folder.path("styles/\(name).png"))
    }
    let readable = (0..<12).count { (try? views(source, count: 1, epoch: $0)) != nil }
    switch budget {
    case ..<4320: #expect(readable == 0)
    case ..<8640: #expect((1..<12).contains(readable))
    default: #expect(readable == 12)
    }
  }

  /// A stylised image of another format and size replaces the image with the same path and name.
  @Test func stylisedImagesAreTakenAsTheyAreCutAsTheQuery() throws {
    let small = try Image(width: 20, height: 18, color: [200, 10, 30])
    try folder.write(small, to: "made/red/thing/own.png")
    let own = try Data(contentsOf: folder.url.appendingPathComponent("styles/own.png"))
    try folder.write(own, to: "made/same/thing/own.png")
    let images = try StylisedImages(
      in: folder.path("made"), of: dataset.imagePaths, below: dataset.folder)
    var firsts = Set<Bool>()
    for epoch in 0..<12 {
      let views = try views(.stylised(images), count: 3, epoch: epoch)
      let isSame = views.styled.map { $0 == views.query }
      // Every style is used once before one is used again.
      #expect(isSame[0] != isSame[1])
      #expect(isSame[0] == isSame[2])
      firsts.insert(isSame[0])
    }
    #expect(firsts == [true, false])
  }

  /// A program that keeps the pixels of a photograph as they lie keeps its orientation beside them.
  @Test func stylisedImagesAreTurnedAsTheirImageIs() throws {
    let photograph = try Data(
      contentsOf: URL(
        fileURLWithPath: Checkout.path(
          "Tests/Pictures/ImagingTests/Fixtures/orientations/6.jpg")))
    try folder.write(photograph, to: "photographs/thing/a.jpg")
    try folder.write(photograph, to: "turned/style/thing/a.jpg")
    for isUpright in [false, true] {
      let set = try ImageDataset(at: folder.path("photographs"), isUpright: isUpright)
      let images = try StylisedImages(
        in: folder.path("turned"), of: set.imagePaths, below: set.folder)
      let views = try views(.stylised(images), of: set, count: 1, epoch: 0)
      let isSame = views.styled == [views.query]
      #expect(isSame)
    }
  }

  @Test func stylisedImagesMustBeThere() throws {
    try folder.write(Data(), to: "made/red/thing/other.png")
    let expected = DatasetError.noStylised(
      image: folder.path("data/thing/own.png"), expected: folder.path("made/red/thing/own.png"))
    #expect(throws: expected) {
      try StylisedImages(in: folder.path("made"), of: dataset.imagePaths, below: dataset.folder)
    }
    for empty in ["data/thing", "nothing"] {
      #expect(throws: DatasetError.self) {
        try StylisedImages(in: folder.path(empty), of: dataset.imagePaths, below: dataset.folder)
      }
    }
  }

  private func views(
    _ styles: [String], count: Int, epoch: Int
  ) throws -> (query: [Float], styled: [[Float]]) {
    let pictures = styles.map { folder.path("styles/\($0).png") }
    return try views(
      .pictures(
        StylePictures(pictures), transfers: [.colorStatistics, .lowFrequencies(share: 0.05)]),
      count: count, epoch: epoch)
  }

  private func views(
    _ source: StyledViews.Source, of set: ImageDataset? = nil, count: Int, epoch: Int
  ) throws -> (query: [Float], styled: [[Float]]) {
    let samples = ClassificationSamples(
      set ?? dataset, preparation: .augmented(try RandAugment(), seed: 4), size: 24,
      needsKeyView: false, normalization: .imageNet,
      styles: StyledViews(count: count, of: source, seed: 4))
    let loader = BatchLoader(samples, plan: [(epoch: epoch, indices: [0])], workers: 1)
    defer { loader.stop() }
    let batch = try #require(try loader.next())
    return withExtendedLifetime(batch) {
      (
        Array(batch.query.bindMemory(to: Float.self)),
        batch.styled.map { Array($0.bindMemory(to: Float.self)) }
      )
    }
  }
}
