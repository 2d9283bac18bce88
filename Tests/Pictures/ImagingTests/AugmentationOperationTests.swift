import Imaging
import Testing

@Suite struct AugmentationOperationTests {
  @Test(arguments: AugmentationOperation.allCases)
  func equalsPillowByteForByte(_ operation: AugmentationOperation) throws {
    let cases = try Fixtures.load().operations.filter { $0.operation == operation.rawValue }
    #expect(cases.count >= 15)
    for expected in cases {
      let image = try Fixtures.image(expected.source)
      let result = operation.applied(to: image, level: expected.level)
      let difference = expected.fingerprint.difference(from: result)
      #expect(difference == nil, "\(expected.source) at level \(expected.level)")
    }
  }

  @Test(arguments: AugmentationOperation.allCases)
  func acceptsTheSmallestImagesAndAbsurdLevels(_ operation: AugmentationOperation) throws {
    for channels in [1, 3, 4] {
      for (width, height) in [(1, 1), (1, 5), (5, 1), (2, 2), (3, 3)] {
        let image = try Image(
          width: width, height: height, color: [UInt8](repeating: 77, count: channels))
        for level in [-1e300, -1000, 0, 0.5, 1000, 1e300, .infinity, .nan] {
          let result = operation.applied(to: image, level: level)
          #expect(result.pixels.count == image.pixels.count)
        }
      }
    }
  }

  /// Moved pixel by pixel, each from where Pillow's fixed point says.
  @Test(arguments: [1, 3, 4]) func shearsAndTranslationsEqualPlainLoops(_ channels: Int) throws {
    var generator = SplitMix64(state: 44)
    for (width, height) in [(1, 1), (1, 9), (9, 1), (7, 5), (40, 23), (31, 64)] {
      let image = try Image.random(
        width: width, height: height, channels: channels, using: &generator)
      for level in [-70.2, -3, -1, -0.3, -0.06, -0.001, 0.001, 0.06, 0.3, 0.5, 1, 3, 70.2] {
        let step = Int((level * 65536 + 0.5).rounded(.down))
        let start = Int((0.5 * 65536 + level * 0.5 * 65536 + 0.5).rounded(.down))
        let half = Int((0.5 * 65536 + 0.5).rounded(.down))
        let shearedX = moved(image) { x, y in
          ((start + y * step + x << 16) >> 16, (half + y << 16) >> 16)
        }
        #expect(AugmentationOperation.shearX.applied(to: image, level: level) == shearedX)
        let shearedY = moved(image) { x, y in
          ((half + x << 16) >> 16, (start + x * step + y << 16) >> 16)
        }
        #expect(AugmentationOperation.shearY.applied(to: image, level: level) == shearedY)
        func shift(_ place: Int) -> Int { Int((Double(place) + 0.5 + level).rounded(.down)) }
        let translatedX = moved(image) { x, y in (shift(x), y) }
        #expect(AugmentationOperation.translateX.applied(to: image, level: level) == translatedX)
        let translatedY = moved(image) { x, y in (x, shift(y)) }
        #expect(AugmentationOperation.translateY.applied(to: image, level: level) == translatedY)
      }
    }
  }

  private func moved(_ image: Image, _ source: (Int, Int) -> (Int, Int)) -> Image? {
    let pixels = (0..<image.height).flatMap { y in
      (0..<image.width).flatMap { x in
        let (column, row) = source(x, y)
        let isInside =
          (0..<image.width).contains(column) && (0..<image.height).contains(row)
        return (0..<image.channels).map {
          isInside ? image.pixels[(row * image.width + column) * image.channels + $0] : 0
        }
      }
    }
    return try? Image(
      width: image.width, height: image.height, channels: image.channels, pixels: pixels)
  }
}
