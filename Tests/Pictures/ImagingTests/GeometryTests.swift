import Imaging
import Testing

@Suite struct GeometryTests {
  @Test func centerCropEqualsTorchvision() throws {
    let image = try Fixtures.image("astronaut")
    for expected in try Fixtures.load().centerCrops {
      let cropped = try image.centerCropped(
        width: expected.cropWidth, height: expected.cropHeight)
      #expect(
        expected.fingerprint.difference(from: cropped) == nil,
        "\(expected.cropWidth) × \(expected.cropHeight)")
    }
  }

  @Test func cropsCutOutTheRectangle() throws {
    let image = try Image(width: 3, height: 2, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let part = try image.cropped(to: PixelRectangle(x: 1, y: 0, width: 2, height: 2))
    #expect(part.pixels == [2, 3, 5, 6])
  }

  @Test(arguments: [
    PixelRectangle(x: -1, y: 0, width: 2, height: 2),
    PixelRectangle(x: 2, y: 0, width: 2, height: 2),
    PixelRectangle(x: 0, y: 0, width: 0, height: 1),
    PixelRectangle(x: 0, y: 1, width: 1, height: 2),
    PixelRectangle(x: .max, y: .min, width: .max, height: .max),
  ])
  func rectanglesBeyondTheImageAreRefused(_ rectangle: PixelRectangle) throws {
    let image = try Image(width: 3, height: 2, color: [0, 0, 0])
    #expect(throws: ImageError.self) { try image.cropped(to: rectangle) }
  }

  @Test func randomCropsReachEveryPlace() throws {
    let image = try Image(width: 4, height: 3, channels: 1, pixels: Array(0..<12))
    var generator = SplitMix64(state: 1)
    var corners = Set<UInt8>()
    for _ in 0..<200 {
      let crop = try image.randomlyCropped(width: 2, height: 2, using: &generator)
      let corner = crop.pixels[0]
      #expect(crop.pixels == [corner, corner + 1, corner + 4, corner + 5])
      corners.insert(corner)
    }
    #expect(corners == [0, 1, 2, 4, 5, 6])
  }

  @Test func mirroringEqualsPillow() throws {
    let image = try Fixtures.image("chelsea")
    #expect(try Fixtures.load().mirrored.difference(from: image.mirrored()) == nil)
    #expect(image.mirrored().mirrored() == image)
  }

  @Test func paddingToASquareCentresTheImage() throws {
    let image = try Image(width: 1, height: 4, channels: 1, pixels: [1, 2, 3, 4])
    let square = try image.paddedToSquare(color: [9])
    #expect(square.pixels == [9, 1, 9, 9, 9, 2, 9, 9, 9, 3, 9, 9, 9, 4, 9, 9])
    #expect(throws: ImageError.self) { try image.paddedToSquare(color: [9, 9, 9]) }
  }

  @Test(arguments: [-1, Int.max, 1 << 28])
  func impossibleBordersAreRefused(_ border: Int) throws {
    let image = try Image(width: 1, height: 4, color: [0])
    #expect(throws: ImageError.self) {
      try image.padded(left: border, top: 0, right: border, bottom: 0, color: [0])
    }
  }

  @Test func compositingEqualsPillowsAlphaComposite() throws {
    let image = try Fixtures.image("translucent")
    for expected in try Fixtures.load().composites {
      let result = try image.composited(over: expected.color)
      #expect(expected.fingerprint.difference(from: result) == nil, "over \(expected.color)")
    }
    #expect(throws: ImageError.self) { try image.composited(over: [255]) }
  }

  @Test func theBoundsOfWhatIsNotTransparentEqualPillows() throws {
    let box = try Fixtures.load().opaqueBox
    let bounds = try #require(try Fixtures.image("translucent").opaqueBounds)
    #expect([bounds.x, bounds.y, bounds.x + bounds.width, bounds.y + bounds.height] == box)
    #expect(try Image(width: 3, height: 2, color: [9, 9, 9, 0]).opaqueBounds == nil)
    let opaque = try Image(width: 3, height: 2, color: [9])
    #expect(opaque.opaqueBounds == PixelRectangle(x: 0, y: 0, width: 3, height: 2))
  }

  @Test(arguments: [(0, 1, 3), (1, 0, 3), (-1, -1, 3), (1, 1, 2), (1, 1, 5), (.max, .max, 1)])
  func impossibleShapesAreRefused(_ width: Int, _ height: Int, _ channels: Int) {
    #expect(throws: ImageError.self) {
      try Image(width: width, height: height, channels: channels, pixels: [0, 0, 0])
    }
  }
}
