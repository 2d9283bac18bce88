import Imaging
import Testing

@Suite struct ChannelNormalizationTests {
  @Test func equalsTorchvisionBitForBit() throws {
    let expected = try Fixtures.load().normalized
    let image = try Image(width: 16, height: 16, channels: 3, pixels: expected.pixels)
    let values = try ChannelNormalization.imageNet(image)
    #expect(values.map(\.bitPattern) == expected.bits)
  }

  @Test func writesOnlyIntoItsPartOfABatch() throws {
    let image = try Image(width: 2, height: 1, channels: 1, pixels: [0, 255])
    let normalization = try ChannelNormalization(mean: [0.5], standardDeviation: [0.5])
    var batch = [Float](repeating: 7, count: 6)
    try batch.withUnsafeMutableBufferPointer { batch in
      try normalization.write(image, into: UnsafeMutableBufferPointer(rebasing: batch[2..<4]))
    }
    #expect(batch == [7, 7, -1, 1, 7, 7])
  }

  @Test func buffersAndChannelsThatDoNotFitAreRefused() throws {
    let grey = try Image(width: 2, height: 1, color: [0])
    #expect(throws: ImageError.self) { try ChannelNormalization.imageNet(grey) }
    let color = try Image(width: 2, height: 1, color: [0, 0, 0])
    var short = [Float](repeating: 0, count: 5)
    #expect(throws: ImageError.self) {
      try short.withUnsafeMutableBufferPointer {
        try ChannelNormalization.imageNet.write(color, into: $0)
      }
    }
  }

  @Test(
    arguments: [
      ([0, 0], [1]), ([0], [0]), ([0], [-1]), ([0], [.infinity]), ([.nan], [1]),
    ] as [([Float], [Float])])
  func impossibleStatisticsAreRefused(_ mean: [Float], _ deviation: [Float]) {
    #expect(throws: ImageError.self) {
      try ChannelNormalization(mean: mean, standardDeviation: deviation)
    }
  }
}
