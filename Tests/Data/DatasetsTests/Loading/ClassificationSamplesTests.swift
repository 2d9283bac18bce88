import CheckoutSupport
import Datasets
import DataTestSupport
import Foundation
import Imaging
import Testing

@Suite struct ClassificationSamplesTests {
  private let folder: TemporaryFolder
  private let dataset: ImageDataset

  init() throws {
    folder = try TemporaryFolder()
    let pixels = (0..<40 * 30 * 3).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
    let image = try Image(width: 40, height: 30, channels: 3, pixels: pixels)
    try folder.write(image, to: "cat/a.png")
    dataset = try ImageDataset(at: folder.url.path)
  }

  @Test func plainPreparationIsResizeAndCentreCrop() throws {
    let samples = makeSamples(.plain)
    #expect(samples.layout.viewShape == [3, 24, 24])
    #expect(!samples.layout.hasKeyView)
    let view = try read(samples).query
    let image = try Image.decodeRGB(path: folder.path("cat/a.png"))
      .resized(shorterSide: 24).centerCropped(width: 24, height: 24)
    let isEqual = view == (try ChannelNormalization.imageNet(image))
    #expect(isEqual)
  }

  /// An operation may leave an image unchanged, so one epoch alone proves nothing.
  @Test func viewsOfAnAugmentedSampleAreIndependent() throws {
    let samples = makeSamples(.augmented(try RandAugment(operations: 2, magnitude: 20), seed: 1))
    let differing = try (0..<8).filter { epoch in
      let sample = try read(samples, epoch: epoch)
      return sample.query != sample.key
    }
    #expect(differing.count >= 4)
  }

  @Test func seedAndEpochDetermineTheViews() throws {
    let randAugment = try RandAugment(operations: 2, magnitude: 20)
    let one = try queries(makeSamples(.augmented(randAugment, seed: 1)))
    let again = try queries(makeSamples(.augmented(randAugment, seed: 1)))
    let other = try queries(makeSamples(.augmented(randAugment, seed: 2)))
    let repeats = one == again
    #expect(repeats)
    #expect(Set(one).count >= 4)
    let dependsOnSeed = one != other
    #expect(dependsOnSeed)
  }

  @Test func withoutNeedThereIsNoKeyView() throws {
    let samples = ClassificationSamples(
      dataset, preparation: .augmented(try RandAugment(), seed: 0), size: 24, needsKeyView: false,
      normalization: .imageNet)
    #expect(!samples.layout.hasKeyView)
  }

  @Test func scaledDecodingIsOfWhatTheViewNeeds() throws {
    let jpeg = Checkout.root
      .appendingPathComponent("Tests/Pictures/ImagingTests/Fixtures/files/jpeg_photograph.jpg")
    let photographs = try TemporaryFolder()
    let folder = photographs.url.appendingPathComponent("cat")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: jpeg, to: folder.appendingPathComponent("a.jpg"))
    let dataset = try ImageDataset(at: photographs.url.path)
    func samples(_ preparation: ClassificationSamples.Preparation) -> ClassificationSamples {
      ClassificationSamples(
        dataset, preparation: preparation, decoding: .scaled, size: 24, needsKeyView: false,
        normalization: .imageNet)
    }
    let (image, scale) = try Image.decodeRGB(path: jpeg.path, shorterSide: 24)
    #expect(scale < 1)
    let plain = try ChannelNormalization.imageNet(
      ClassificationSamples.plainView(of: image, size: 24))
    let isPlain = try read(samples(.plain)).query == plain
    #expect(isPlain)

    let randAugment = try RandAugment(operations: 2, magnitude: 20)
    let views = try queries(samples(.augmented(randAugment, seed: 5)))
    for (epoch, view) in views.enumerated() {
      var generator = AddressedGenerator(seed: 5, for: .queryView(sample: 0, epoch: epoch))
      let expected = try randAugment(image, scale: scale, using: &generator)
        .resizedAndRandomlyCropped(side: 24, using: &generator)
      let isExpected = try view == ChannelNormalization.imageNet(expected)
      #expect(isExpected)
    }
  }

  private func makeSamples(_ preparation: ClassificationSamples.Preparation)
    -> ClassificationSamples
  {
    ClassificationSamples(
      dataset, preparation: preparation, size: 24, needsKeyView: true, normalization: .imageNet)
  }

  /// The query views of eight epochs.
  private func queries(_ samples: ClassificationSamples) throws -> [[Float]] {
    try (0..<8).map { try read(samples, epoch: $0).query }
  }

  private func read(
    _ samples: ClassificationSamples, epoch: Int = 0
  ) throws -> (query: [Float], key: [Float]) {
    let loader = BatchLoader(samples, plan: [(epoch, [0])], workers: 1)
    defer { loader.stop() }
    let batch = try #require(try loader.next())
    let key = batch.key.map { Array($0.bindMemory(to: Float.self)) } ?? []
    return (Array(batch.query.bindMemory(to: Float.self)), key)
  }
}
