import Foundation
import Imaging
import Testing

@Suite struct DecodingLimitsTests {
  @Test(arguments: ["jpeg_420.jpg", "png_rgb.png", "webp_lossy.webp", "webp_lossless_alpha.webp"])
  func pixelsAreBounded(_ file: String) throws {
    let bytes = try Fixtures.bytes(file)
    let image = try Image.decodeRGB(bytes)
    let area = image.width * image.height
    let enough = DecodingLimits(maximumPixelCount: area)
    #expect(try Image.decodeRGB(bytes, limits: enough) == image)
    #expect(
      throws: ImageError.tooLarge(
        path: "x", width: image.width, height: image.height, limit: area - 1)
    ) {
      try Image.decodeRGBA(bytes, name: "x", limits: DecodingLimits(maximumPixelCount: area - 1))
    }
  }

  /// 34 bytes that ask for a gigabyte: a lossless WebP of 16 383 × 16 383 pixels.
  @Test func fewBytesTakeNoGigabyte() {
    let size: UInt32 = 16_382 | 16_382 << 14
    var bytes = Array("RIFF".utf8) + [26, 0, 0, 0] + Array("WEBPVP8L".utf8) + [13, 0, 0, 0, 0x2F]
    for shift: UInt32 in [0, 8, 16, 24] {
      bytes.append(UInt8(truncatingIfNeeded: size >> shift))
    }
    bytes += [UInt8](repeating: 0, count: 34 - bytes.count)
    #expect(
      throws: ImageError.tooLarge(path: "x", width: 16_383, height: 16_383, limit: 1 << 26)
    ) {
      try Image.decodeRGB(bytes, name: "x")
    }
  }

  @Test func scansAreBounded() throws {
    var bytes = try Fixtures.bytes("jpeg_progressive.jpg")
    let image = try Image.decodeRGB(bytes)
    // The first scan over and over.
    let start = try #require(marker(in: bytes, from: 0) { $0 == 0xDA })
    let end = try #require(marker(in: bytes, from: start + 2) { $0 != 0 && $0 & 0xF8 != 0xD0 })
    let scan = bytes[start..<end]
    bytes.insert(contentsOf: [[UInt8]](repeating: Array(scan), count: 6000).joined(), at: end)
    let error = #expect(throws: ImageError.self) { try Image.decodeRGB(bytes, name: "x") }
    #expect(
      error?.description
        == "x: a JPEG of more than the 100 scans allowed; save the image anew with an ordinary program."
    )
    let some = DecodingLimits(maximumScanCount: 7000)
    let repeated = try Image.decodeRGB(bytes, limits: some)
    #expect((repeated.width, repeated.height) == (image.width, image.height))
  }

  /// The first place of two bytes that are a marker of some kind.
  private func marker(in bytes: [UInt8], from start: Int, _ isWanted: (UInt8) -> Bool) -> Int? {
    (start..<(bytes.count - 1)).first { bytes[$0] == 0xFF && isWanted(bytes[$0 + 1]) }
  }

  @Test(arguments: ["zTXt", "iTXt", "iCCP", "tEXt"])
  func textsOfPNGsAreBounded(_ type: String) throws {
    let unpacked = [UInt8](repeating: 0x61, count: 100_000)
    let packed = PNGChunks.compressed(unpacked)
    let content: [UInt8] =
      switch type {
      case "tEXt": [0x6B, 0] + unpacked
      case "iTXt": [0x6B, 0, 1, 0, 0, 0] + packed
      default: [0x6B, 0, 0] + packed
      }
    let bytes = try PNGChunks.inserting(
      PNGChunks.chunk(type, content), into: Fixtures.bytes("png_rgb.png"))
    let image = try Image.decodeRGB(bytes)
    #expect(try image == Image.decodeRGB(Fixtures.bytes("png_rgb.png")))
    let error = #expect(throws: ImageError.self) {
      try Image.decodeRGB(
        bytes, name: "x", limits: DecodingLimits(maximumMetadataByteCount: 50_000))
    }
    #expect(error?.description.contains("more than the 50000 bytes allowed; save") == true)
  }

  @Test func bytesOfAFileAreBounded() throws {
    let path = Fixtures.path("png_rgb.png")
    let count = try Fixtures.bytes("png_rgb.png").count
    #expect(
      throws: ImageError.unreadable(
        path: path, reason: "larger than the \(count - 1) bytes allowed")
    ) {
      try Image.decodeRGB(path: path, limits: DecodingLimits(maximumFileByteCount: count - 1))
    }
  }

  @Test func thePixelsComeFromTheEnvironmentsWord() throws {
    #expect(try DecodingLimits(variable: nil) == DecodingLimits())
    let limits = try DecodingLimits(variable: "200000000")
    #expect(limits.maximumPixelCount == 200_000_000)
    #expect(limits.maximumFileByteCount == 1_600_000_000)
    for value in ["", "many", "0", "-1", "268435457", "1e6"] {
      let error = #expect(throws: ImageError.self) { try DecodingLimits(variable: value) }
      #expect(
        error?.description
          == "SYN2REAL_MAXIMUM_PIXELS must be a whole number from 1 to 268435456, not '\(value)'.")
    }
    #expect(DecodingLimits(maximumPixelCount: .max).maximumPixelCount == Image.maximumPixelCount)
  }

  @Test func aPipeNamedLikeAPictureIsRefusedAtOnce() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("pipe.png")
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: ImageError.unreadable(path: path, reason: "not a regular file")) {
      try Image.decodeRGB(path: path)
    }
  }
}
