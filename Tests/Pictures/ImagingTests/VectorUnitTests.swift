import Imaging
import Testing

/// What is computed with a processor's own instructions equals what every processor computes.
@Suite struct VectorUnitTests {
  @Test(.withVectorUnit, arguments: [1, 3, 4]) func resizingStaysTheSame(_ channels: Int) throws {
    var generator = SplitMix64(state: 20)
    let smallest = [(1, 1), (1, 7), (7, 1), (2, 3), (5, 5), (6, 4), (16, 2), (3, 40)]
    let others = (0..<60).map { _ in
      (1 + generator.nextInteger(below: 90), 1 + generator.nextInteger(below: 70))
    }
    for (width, height) in smallest + others {
      let image = try Image.random(
        width: width, height: height, channels: channels, using: &generator)
      let newWidth = 1 + generator.nextInteger(below: 80)
      let newHeight = 1 + generator.nextInteger(below: 80)
      let x = generator.nextInteger(below: newWidth)
      let y = generator.nextInteger(below: newHeight)
      let part = PixelRectangle(
        x: x, y: y, width: 1 + generator.nextInteger(below: newWidth - x),
        height: 1 + generator.nextInteger(below: newHeight - y))
      #expect(
        try isAlwaysTheSame {
          try image.resized(width: newWidth, height: newHeight, keeping: part)
        },
        "\(width) × \(height) to \(part) of \(newWidth) × \(newHeight)")
    }
  }

  /// White and black are where sums are the largest and the smallest.
  @Test func resizingKeepsFlatColors() throws {
    for (width, height) in [(450, 300), (33, 47)] {
      for level: UInt8 in [0, 1, 254, 255] {
        let image = try Image(width: width, height: height, color: [level, level, level])
        let resized = try image.resized(width: 101, height: 67)
        #expect(resized.pixels.allSatisfy { $0 == level })
      }
    }
  }

  @Test(.withVectorUnit) func normalisingStaysTheSame() throws {
    var generator = SplitMix64(state: 21)
    let statistics = [
      ChannelNormalization.imageNet,
      try ChannelNormalization(mean: [0.5, 0.5, 0.5], standardDeviation: [0.5, 0.5, 0.5]),
      try ChannelNormalization(mean: [0, 1, 0.3], standardDeviation: [1, 1e-30, 3e30]),
      try ChannelNormalization(
        mean: [0.1, 1e30, 2], standardDeviation: [0.3, .leastNonzeroMagnitude, 0.7]),
    ]
    // Otherwise the plain loop would be compared with itself.
    #expect(statistics[0].suitsVectorUnit && statistics[1].suitsVectorUnit)
    for normalization in statistics {
      for (width, height) in [(1, 1), (7, 1), (8, 1), (9, 3), (1, 16), (31, 5), (64, 2)] {
        let image = try Image.random(
          width: width, height: height, channels: 3, using: &generator)
        #expect(try isAlwaysTheSame { try normalization(image).map(\.bitPattern) })
        #expect(try isAlwaysTheSame { try written(image, normalization).map(\.bitPattern) })
      }
    }
  }

  @Test(.withVectorUnit) func turningHuesStaysTheSame() throws {
    var generator = SplitMix64(state: 22)
    for (width, height) in [(1, 1), (8, 1), (9, 1), (10, 1), (11, 1), (26, 1), (301, 97)] {
      let image = try Image.random(width: width, height: height, channels: 3, using: &generator)
      for shift in [0, 0.3, -0.2] {
        #expect(isAlwaysTheSame { ColorJitter.Change.hue.applied(to: image, amount: shift) })
      }
    }
  }

  @Test(.withVectorUnit, arguments: [1, 3, 4]) func tonesStayTheSame(_ channels: Int) throws {
    var generator = SplitMix64(state: 23)
    for (width, height) in [(1, 1), (8, 1), (11, 1), (32, 1), (33, 3), (301, 97)] {
      let image = try Image.random(
        width: width, height: height, channels: channels, using: &generator)
      for operation in [
        AugmentationOperation.brightness, .contrast, .posterize, .solarize, .color, .sharpness,
      ] {
        for level in [-0.7, -0.18, 0.4, 3, 100] {
          #expect(
            isAlwaysTheSame { operation.applied(to: image, level: level) },
            "\(operation) at \(level), \(width) × \(height)")
        }
      }
    }
  }

  @Test(.withVectorUnit) func interpolatingStaysTheSame() throws {
    var generator = SplitMix64(state: 24)
    for (width, height) in [(1, 1), (2, 1), (3, 5), (33, 7), (120, 90)] {
      let image = try Image.random(width: width, height: height, channels: 3, using: &generator)
      for (newWidth, newHeight) in [(1, 1), (2, 3), (31, 30), (150, 101)] {
        #expect(
          try isAlwaysTheSame { try image.interpolated(width: newWidth, height: newHeight) },
          "\(width) × \(height) to \(newWidth) × \(newHeight)")
      }
    }
  }

  /// Whether the result is the same with each kind of instructions that this processor has.
  private func isAlwaysTheSame<Result: Equatable>(_ body: () throws -> Result) rethrows -> Bool {
    let kinds = VectorUnit.Instructions.allCases.filter { $0 <= VectorUnit.widest }
    let results = try kinds.map { try VectorUnit.$widest.withValue($0, operation: body) }
    return results.allSatisfy { $0 == results[0] }
  }

  /// Onto a canvas that is larger.
  private func written(_ image: Image, _ normalization: ChannelNormalization) throws -> [Float] {
    let (width, height) = (image.width + 3, image.height + 2)
    var floats = [Float](repeating: .nan, count: 3 * width * height)
    try floats.withUnsafeMutableBufferPointer {
      try normalization.write(image, x: 2, y: 1, into: $0, width: width, height: height)
    }
    return floats
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips what would compare the plain loops with themselves.
  fileprivate static var withVectorUnit: Self {
    .enabled(if: VectorUnit.widest > .plain, "this processor has no AVX2")
  }
}
