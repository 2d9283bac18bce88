import Imaging
import Testing

@Suite struct ResizingTests {
  @Test func equalsPillowByteForByte() throws {
    let cases = try Fixtures.load().resizes
    #expect(cases.count > 100)
    for expected in cases {
      let crop = PixelRectangle(
        x: expected.crop[0], y: expected.crop[1], width: expected.crop[2], height: expected.crop[3])
      let image = try Fixtures.image(expected.source).cropped(to: crop)
      let target = expected.fingerprint
      let resized = try image.resized(width: target.width, height: target.height)
      #expect(
        target.difference(from: resized) == nil,
        "\(expected.source) \(expected.crop) to \(target.width) × \(target.height)")
    }
  }

  @Test func theShorterSideFollowsTorchvisionsRule() throws {
    for rule in try Fixtures.load().shorterSides {
      let image = try Image(width: rule[0], height: rule[1], color: [0])
      let resized = try image.resized(shorterSide: rule[2])
      #expect([resized.width, resized.height] == [rule[3], rule[4]])
    }
  }

  @Test(arguments: ["coffee", "grey", "translucent"])
  func keepingAPartEqualsResizingAndCropping(_ source: String) throws {
    let image = try Fixtures.image(source)
    for (width, height) in [(40, 30), (130, 97), (image.width, 20), (20, image.height)] {
      let whole = try image.resized(width: width, height: height)
      for rectangle in [
        PixelRectangle(x: 3, y: 2, width: 11, height: 15),
        PixelRectangle(x: width - 1, y: height - 1, width: 1, height: 1),
        PixelRectangle(x: 0, y: 4, width: width, height: 1),
      ] {
        let part = try image.resized(width: width, height: height, keeping: rectangle)
        #expect(try part == whole.cropped(to: rectangle))
      }
    }
  }

  @Test func resizingAndRandomlyCroppingEqualsOneAfterTheOther() throws {
    let image = try Fixtures.image("chelsea")
    var first = SplitMix64(state: 6)
    var second = SplitMix64(state: 6)
    for _ in 0..<10 {
      let together = try image.resizedAndRandomlyCropped(side: 40, using: &first)
      let apart = try image.resized(shorterSide: 40)
        .randomlyCropped(width: 40, height: 40, using: &second)
      #expect(together == apart)
    }
  }

  @Test(arguments: [(0, 5), (5, 0), (-1, 5), (1 << 20, 1 << 20), (Int.max, 2)])
  func impossibleSizesAreRefused(_ width: Int, _ height: Int) throws {
    let image = try Image(width: 2, height: 3, color: [0])
    #expect(throws: ImageError.self) { try image.resized(width: width, height: height) }
    #expect(throws: ImageError.self) {
      try image.resized(
        width: 5, height: 5, keeping: PixelRectangle(x: 1, y: 1, width: width, height: height))
    }
  }

  @Test(arguments: [0, -1, Int.max, 1 << 28]) func impossibleSidesAreRefused(_ side: Int) throws {
    let image = try Image(width: 2, height: 3, color: [0])
    #expect(throws: ImageError.self) { try image.resized(shorterSide: side) }
  }
}
