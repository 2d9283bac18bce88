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
