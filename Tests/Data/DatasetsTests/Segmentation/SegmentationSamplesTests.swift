import DataTestSupport
import Datasets
import Imaging
import Testing

/// Crops of image and labels together. Each picture's red channel is its label, so that they can be compared.
@Suite struct SegmentationSamplesTests {
  private let folder: TemporaryFolder
  private let dataset: SegmentationDataset

  init() throws {
    folder = try TemporaryFolder()
    for (name, width, height) in [("a", 50, 40), ("b", 20, 64), ("c", 33, 21)] {
      let labels = (0..<width * height).map {
        UInt8(($0 % width / 7 + $0 / width / 5) % 3 == 0 ? 7 : 8)
      }
      try folder.write(
        Image(width: width, height: height, channels: 1, pixels: labels), to: "labels/\(name).png")
      try folder.write(
        Image(
          width: width, height: height, channels: 3,
          pixels: labels.flatMap { [$0 == 7 ? 200 : 50, 90, 120] }),
        to: "images/\(name).png")
    }
    dataset = try SegmentationDataset(at: folder.path(""))
  }

  @Test func theMiddleIsCutOrPadded() throws {
    let batch = try batch(samples(.plain, size: 32), [0, 2])
    #expect(batch.key == nil)
    let scene = try dataset.read(0)
    let middle = try scene.classMap.cropped(to: PixelRectangle(x: 9, y: 4, width: 32, height: 32))
    #expect(
      batch.labels.prefix(1024).elementsEqual(
        middle.pixels.map(Int64.init)))
    // The third is 21 high: 5 rows of padding above, 6 below, zero after normalisation.
    let labels = Array(batch.labels.dropFirst(1024))
    let red = Array(batch.query[3 * 1024..<4 * 1024])
    for row in 0..<32 {
      let isPadding = row < 5 || row >= 26
      #expect((labels[row * 32] == 255) == isPadding)
      #expect((red[row * 32] == 0) == isPadding)
    }
  }

  @Test func labelsStayWithTheirPixels() throws {
    // Scale 1 keeps every pixel; a mirrored, shifted and padded crop must still agree with its labels.
    let augmentation = SceneAugmentation(scale: 1...1, jitter: 0)
    let samples = try samples(.augmented(augmentation, seed: 3), size: 30)
    for epoch in 0..<10 {
      let batch = try batch(samples, [0, 1, 2], epoch: epoch)
      let labels = batch.labels
      let pixels = batch.query
      for sample in 0..<3 {
        for place in 0..<900 {
          let red = pixels[sample * 2700 + place]
          switch labels[sample * 900 + place] {
          case 0: #expect(red > 1)
          case 1: #expect(red < -1)
          default: #expect(red == 0)
          }
        }
      }
    }
  }

  @Test func scaledLabelsHaveNoNewValue() throws {
    let samples = try samples(.augmented(SceneAugmentation(scale: 0.5...2), seed: 1), size: 24)
    var seen = Set<Int64>()
    for epoch in 0..<20 {
      seen.formUnion(try batch(samples, [0, 1, 2], epoch: epoch).labels)
    }
    #expect(seen == [0, 1, 255])
  }

  @Test func theKeyViewHasOtherColorsAtTheSamePlaces() throws {
    let same = try samples(.augmented(SceneAugmentation(jitter: 0), seed: 5), size: 24)
    let unchanged = try batch(same, [0, 1, 2])
    #expect(unchanged.key == unchanged.query)
    let other = try samples(.augmented(SceneAugmentation(), seed: 5), size: 24)
    let changed = try batch(other, [0, 1, 2])
    #expect(changed.query == unchanged.query)
    #expect(changed.labels == unchanged.labels)
    let key = try #require(changed.key)
    let query = changed.query
    #expect(key != query)
    #expect(zip(key, query).allSatisfy { ($0 == 0) == ($1 == 0) })
  }

  @Test func drawsAreOfSeedAndEpochNotOfThreads() throws {
    func bytes(seed: UInt64, epoch: Int, workers: Int) throws -> [Float] {
      let samples = try samples(.augmented(SceneAugmentation(), seed: seed), size: 24)
      return try batch(samples, [2, 0, 1], epoch: epoch, workers: workers).query
    }
    let first = try bytes(seed: 1, epoch: 0, workers: 1)
    #expect(try bytes(seed: 1, epoch: 0, workers: 4) == first)
    #expect(try bytes(seed: 1, epoch: 1, workers: 1) != first)
    #expect(try bytes(seed: 2, epoch: 0, workers: 1) != first)
  }

  private func samples(
    _ preparation: SegmentationSamples.Preparation, size: Int
  ) throws -> SegmentationSamples {
    SegmentationSamples(
      dataset, preparation: preparation, size: size, needsKeyView: true,
      normalization: try ChannelNormalization(
        mean: [0.5, 0.45, 0.4], standardDeviation: [0.2, 0.2, 0.2]))
  }

  /// The contents of a batch, which are valid only while it lives.
  private struct Contents {
    let query: [Float]
    let key: [Float]?
    let labels: [Int64]
  }

  private func batch(
    _ samples: SegmentationSamples, _ indices: [Int], epoch: Int = 0, workers: Int = 2
  ) throws -> Contents {
    let loader = BatchLoader(samples, plan: [(epoch: epoch, indices: indices)], workers: workers)
    defer { loader.stop() }
    let batch = try #require(try loader.next())
    return withExtendedLifetime(batch) {
      Contents(
        query: Array(batch.query.bindMemory(to: Float.self)),
        key: batch.key.map { Array($0.bindMemory(to: Float.self)) },
        labels: Array(batch.labels.bindMemory(to: Int64.self)))
    }
  }
}
