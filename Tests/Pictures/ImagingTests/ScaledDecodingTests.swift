import CTurboJPEG
import Imaging
import Testing

@Suite struct ScaledDecodingTests {
  private let files = [
    "jpeg_photograph.jpg", "jpeg_420.jpg", "jpeg_422.jpg", "jpeg_444.jpg", "jpeg_grey.jpg",
    "jpeg_progressive.jpg", "jpeg_restarts.jpg", "jpeg_cmyk.jpg", "jpeg_ycck.jpg",
  ]

  @Test func theShorterSideIsTheLeastThatIsEnough() throws {
    for file in files {
      let exact = try Image.decodeRGB(path: Fixtures.path(file))
      let shorter = min(exact.width, exact.height)
      for side in [1, shorter / 5, shorter / 3, shorter / 2, shorter - 1] {
        let (image, scale) = try Image.decodeRGB(path: Fixtures.path(file), shorterSide: side)
        let eighths = Int(scale * 8)
        #expect((1...8).contains(eighths) && Double(eighths) == scale * 8)
        #expect(image.width == (exact.width * eighths + 7) / 8, "\(file) for \(side)")
        #expect(image.height == (exact.height * eighths + 7) / 8, "\(file) for \(side)")
        #expect(min(image.width, image.height) >= side)
        if eighths > 1 { #expect((shorter * (eighths - 1) + 7) / 8 < side) }
      }
    }
  }

  /// Within two grey levels on average, and 16 for all but one sample in a hundred, of the exact picture resized. The sides
  /// are multiples of 8, as otherwise the last pixels stand for less than the others.
  @Test(arguments: [2, 4, 6, 7]) func isTheSamePicture(_ eighths: Int) throws {
    let picture = try Fixtures.image("chelsea").resized(width: 192, height: 128)
    let directory = try TemporaryDirectory()
    let path = try directory.write(jpeg(picture), to: "picture.jpg")
    let exact = try Image.decodeRGB(path: path)
    let (image, scale) = try Image.decodeRGB(path: path, shorterSide: 128 * eighths / 8)
    #expect(scale == Double(eighths) / 8)
    let resized = try exact.resized(width: 24 * eighths, height: 16 * eighths)
    #expect(image.pixels.count == resized.pixels.count)
    let distances = zip(image.pixels, resized.pixels).map { abs(Int($0) - Int($1)) }
    #expect(distances.reduce(0, +) < 2 * distances.count)
    #expect(distances.count { $0 > 16 } * 100 < distances.count)
  }

  private func jpeg(_ image: Image) throws -> [UInt8] {
    let handle = try #require(tjInitCompress())
    defer { tjDestroy(handle) }
    var bytes: UnsafeMutablePointer<UInt8>?
    defer { tjFree(bytes) }
    var count: UInt = 0
    let status = tjCompress2(
      handle, image.pixels, Int32(image.width), 0, Int32(image.height), TJPF_RGB.rawValue, &bytes,
      &count, Int32(TJSAMP_420.rawValue), 92, 0)
    #expect(status == 0)
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  @Test func whatIsNotLargeEnoughStaysExact() throws {
    for file in files + ["png_rgb.png", "webp_lossy.webp"] {
      let exact = try Image.decodeRGB(path: Fixtures.path(file))
      for side in [min(exact.width, exact.height), 1 << 20, .max] {
        let (image, scale) = try Image.decodeRGB(path: Fixtures.path(file), shorterSide: side)
        #expect(image == exact && scale == 1)
      }
    }
    let (image, scale) = try Image.decodeRGB(path: Fixtures.path("png_rgb.png"), shorterSide: 1)
    #expect(try image == Image.decodeRGB(path: Fixtures.path("png_rgb.png")) && scale == 1)
  }
}
