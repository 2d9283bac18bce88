import Imaging
import Testing

@Suite struct InterpolationTests {
  /// Linear interpolation equals torchvision's but for one sample in a thousand: where a value lies half way between two
  /// levels, the last bit of a float decides which.
  @Test func equalsTorchvision() throws {
    let cases = try Fixtures.load().interpolations
    #expect(cases.count == 12)
    var compared = 0
    var different = 0
    for expected in cases {
      let image = try Fixtures.image(expected.source)
      let (width, height) = (expected.nearest.width, expected.nearest.height)
      let linear = try image.interpolated(width: width, height: height)
      compared += linear.pixels.count
      #expect(linear.pixels.count == expected.linear.count)
      for (own, other) in zip(linear.pixels, expected.linear) where own != other {
        #expect(abs(Int(own) - Int(other)) == 1)
        different += 1
      }
      let nearest = try image.nearest(width: width, height: height)
      #expect(expected.nearest.difference(from: nearest) == nil, "\(expected.source), nearest")
    }
    #expect(different * 1000 <= compared)
  }

  /// OpenCV weighs in fixed point.
  @Test func isWithinAGreyLevelOfOpenCV() throws {
    for expected in try Fixtures.load().interpolations {
      guard let samples = expected.opencv else { continue }
      let linear = try Fixtures.image(expected.source)
        .interpolated(width: expected.nearest.width, height: expected.nearest.height)
      #expect(linear.pixels.count == samples.count)
      #expect(zip(linear.pixels, samples).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }
  }

  @Test(arguments: ["coffee", "grey", "translucent"])
  func keepingAPartEqualsResizingAndCropping(_ source: String) throws {
    let image = try Fixtures.image(source)
    for (width, height) in [(40, 30), (130, 97), (image.width, image.height)] {
      let part = PixelRectangle(x: 3, y: 2, width: 11, height: 15)
      let linear = try image.interpolated(width: width, height: height)
      #expect(
        try image.interpolated(width: width, height: height, keeping: part)
          == linear.cropped(to: part))
      let nearest = try image.nearest(width: width, height: height)
      #expect(
        try image.nearest(width: width, height: height, keeping: part) == nearest.cropped(to: part))
    }
  }

  /// Every sample by itself, as the formula says.
  @Test(arguments: [1, 3, 4]) func equalsThePlainFormula(_ channels: Int) throws {
    var generator = SplitMix64(state: 50)
    for _ in 0..<40 {
      let image = try Image.random(
        width: 1 + generator.nextInteger(below: 24), height: 1 + generator.nextInteger(below: 24),
        channels: channels, using: &generator)
      let width = 1 + generator.nextInteger(below: 40)
      let height = 1 + generator.nextInteger(below: 40)
      let linear = try image.interpolated(width: width, height: height)
      #expect(
        linear.pixels == plainInterpolation(image, width, height),
        "\(image.width) × \(image.height) to \(width) × \(height)")
    }
  }

  private func plainInterpolation(_ image: Image, _ width: Int, _ height: Int) -> [UInt8] {
    func neighbours(_ place: Int, _ size: Int, _ newSize: Int) -> (Int, Int, Float) {
      let scale = Float(size) / Float(newSize)
      let source = max(0, scale * (Float(place) + 0.5) - 0.5)
      let first = min(Int(source), size - 1)
      return (first, min(first + 1, size - 1), min(max(source - Float(first), 0), 1))
    }
    return (0..<height).flatMap { row in
      let (top, bottom, down) = neighbours(row, image.height, height)
      return (0..<width * image.channels).map { index in
        let (left, right, across) = neighbours(index / image.channels, image.width, width)
        func sample(_ x: Int, _ y: Int) -> Float {
          Float(image.pixels[(y * image.width + x) * image.channels + index % image.channels])
        }
        let above = (1 - across) * sample(left, top) + across * sample(right, top)
        let below = (1 - across) * sample(left, bottom) + across * sample(right, bottom)
        return UInt8(((1 - down) * above + down * below).rounded(.toNearestOrEven))
      }
    }
  }

  @Test func nearestMakesNoNewValue() throws {
    let labels = try Image(width: 3, height: 1, channels: 1, pixels: [7, 200, 7])
    let scaled = try labels.nearest(width: 10, height: 4)
    #expect(Set(scaled.pixels) == [7, 200])
    #expect(throws: ImageError.self) {
      try labels.nearest(
        width: 10, height: 4, keeping: PixelRectangle(x: 0, y: 0, width: 11, height: 1))
    }
  }
}
