import Foundation
import Imaging
import Testing

@Suite struct MemoryEncodingTests {
  /// Sides that no format's blocks divide.
  private func gradient() throws -> Image {
    try Image(
      width: 37, height: 23, channels: 3,
      pixels: (0..<23).flatMap { y in (0..<37).flatMap { x in [UInt8(x * 6), UInt8(y * 10), 90] } })
  }

  private func decoded(_ bytes: [UInt8], _ name: String) throws -> Image {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString)-\(name)"
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try Image.decodeRGB(path: path)
  }

  @Test func `a PNG in memory is the image`() throws {
    let image = try gradient()
    #expect(try decoded(image.encodedPNG(), "a.png") == image)
  }

  @Test func `a WebP in memory is nearly the image, and smaller where it may be less faithful`()
    throws
  {
    let image = try gradient()
    let faithful = try image.encodedWebP(quality: 95)
    let copy = try decoded(faithful, "a.webp")
    #expect(copy.width == 37 && copy.height == 23)
    let error = zip(copy.pixels, image.pixels).map { abs(Double($0) - Double($1)) }.reduce(0, +)
    #expect(error / Double(image.pixels.count) < 6)
    #expect(try image.encodedWebP(quality: 20).count < faithful.count)
  }

  @Test func `an image that WebP cannot hold is an error`() throws {
    #expect(throws: ImageError.self) { try Image(width: 2, height: 2, color: [1]).encodedWebP() }
    #expect(throws: ImageError.self) {
      try Image(width: 16_384, height: 1, color: [1, 2, 3]).encodedWebP()
    }
  }

  @Test func `an image is laid upon another`() throws {
    let paper = try Image(width: 3, height: 2, color: [9, 9, 9])
    let result = try paper.pasted(Image(width: 2, height: 1, color: [1, 2, 3]), x: 1, y: 1)
    #expect(
      result.pixels == [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 1, 2, 3])
    #expect(throws: ImageError.self) { try paper.pasted(paper, x: 1, y: 0) }
    #expect(throws: ImageError.self) {
      try paper.pasted(Image(width: 1, height: 1, color: [1]), x: 0, y: 0)
    }
  }
}
