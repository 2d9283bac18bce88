import Imaging
import Testing

@Suite struct DecodingTests {
  @Test func equalsPillowForEveryKindOfFile() throws {
    let cases = try Fixtures.load().decoded
    #expect(cases.count > 40)
    for expected in cases {
      let path = Fixtures.path(expected.file)
      let rgb = try Image.decodeRGB(path: path)
      #expect(expected.rgb.difference(from: rgb) == nil, "\(expected.file) as RGB")
      let rgba = try Image.decodeRGBA(path: path)
      #expect(expected.rgba.difference(from: rgba) == nil, "\(expected.file) as RGBA")
      #expect(try Image.decodeRGB(Fixtures.bytes(expected.file)) == rgb)
      #expect(try Image.decodeRGBA(Fixtures.bytes(expected.file)) == rgba)
    }
  }

  @Test func labelMapsGiveRawIndices() throws {
    for expected in try Fixtures.load().decoded {
      let path = Fixtures.path(expected.file)
      if let indices = expected.indices {
        let image = try Image.decodeIndices(path: path)
        #expect(indices.difference(from: image) == nil, "\(expected.file)")
        #expect(try Image.decodeIndices(Fixtures.bytes(expected.file)) == image)
      } else {
        let error = #expect(throws: ImageError.self) { try Image.decodeIndices(path: path) }
        guard case .unsupported(path, let reason) = error else {
          Issue.record("\(expected.file): \(String(describing: error))")
          continue
        }
        #expect(reason.hasPrefix("a label map is a palette PNG or an 8-bit grey PNG, not"))
      }
    }
  }

  @Test(arguments: ["jpeg_photograph.jpg", "astronaut.png", "webp_lossy.webp"])
  func truncatedFilesAreRefusedByName(_ file: String) throws {
    let bytes = try Fixtures.bytes(file)
    let format = ImageFormat(bytes: bytes)
    for percent in stride(from: 5, through: 95, by: 5) {
      let cut = Array(bytes.prefix(max(16, bytes.count * percent / 100)))
      let error = #expect(throws: ImageError.self, "\(percent) %") {
        try Image.decodeRGB(cut, name: "pictures/\(file)")
      }
      guard case .corrupt("pictures/\(file)", format, _) = error else {
        Issue.record("\(percent) %: \(String(describing: error))")
        continue
      }
    }
  }

  @Test(arguments: [
    "jpeg_420.jpg", "jpeg_progressive.jpg", "jpeg_cmyk.jpg", "png_rgba.png", "png_palette.png",
    "png_rgb_interlaced.png", "webp_lossy_alpha.webp", "webp_lossless.webp",
  ])
  func flippedBitsNeverCrash(_ file: String) throws {
    let bytes = try Fixtures.bytes(file)
    var generator = SplitMix64(state: 4)
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<(1 + generator.nextInteger(below: 4)) {
        let index = generator.nextInteger(below: damaged.count)
        damaged[index] ^= 1 << UInt8(generator.nextInteger(below: 8))
      }
      // A picture or a typed error, both are right; anything else ends the process.
      for image in [try? Image.decodeRGB(damaged), try? Image.decodeRGBA(damaged)] {
        if let image {
          #expect(image.pixels.count == image.width * image.height * image.channels)
        }
      }
    }
  }

  @Test func absurdSizesAreRefusedBeforeMemoryIsTaken() throws {
    var png = try Fixtures.bytes("png_rgb.png")
    png.replaceSubrange(16..<24, with: [0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00])
    png.replaceSubrange(29..<33, with: CRC32.checksum(Array(png[12..<29])).bigEndianBytes)
    #expect(
      throws: ImageError.tooLarge(path: "huge", width: 65_536, height: 65_536, limit: 1 << 26)
    ) {
      try Image.decodeRGB(png, name: "huge")
    }
    var jpeg = try Fixtures.bytes("jpeg_420.jpg")
    let frame = try #require(
      (0..<(jpeg.count - 1)).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange((frame + 5)..<(frame + 9), with: [0xFF, 0x00, 0xFF, 0x00])
    #expect(
      throws: ImageError.tooLarge(path: "huge", width: 65_280, height: 65_280, limit: 1 << 26)
    ) {
      try Image.decodeRGB(jpeg, name: "huge")
    }
  }

  @Test func otherFilesAreNamedForWhatTheyAreNot() throws {
    let text = try TemporaryDirectory()
    let path = try text.write("Hello, this is no picture.\n", to: "text.png")
    let error = #expect(throws: ImageError.unknownFormat(path: path)) {
      try Image.decodeRGB(path: path)
    }
    #expect(error?.description.contains("not a JPEG, PNG or WebP image") == true)
    for bytes in [[], [0xFF], [0x89, 0x50], Array("RIFF1234WAVE".utf8)] as [[UInt8]] {
      #expect(throws: ImageError.unknownFormat(path: "x")) {
        try Image.decodeRGBA(bytes, name: "x")
      }
      #expect(throws: ImageError.unknownFormat(path: "x")) {
        try Image.decodeIndices(bytes, name: "x")
      }
    }
  }

  @Test func missingFilesAndDirectoriesAreRefusedWithTheSystemsReason() throws {
    let directory = try TemporaryDirectory()
    let missing = directory.path("missing.png")
    #expect(throws: ImageError.unreadable(path: missing, reason: "No such file or directory")) {
      try Image.decodeRGB(path: missing)
    }
    #expect(throws: ImageError.unreadable(path: directory.path(""), reason: "Is a directory")) {
      try Image.decodeRGB(path: directory.path(""))
    }
  }

  @Test func animatedWebPIsRefused() throws {
    let path = Fixtures.path("animated.webp")
    let error = #expect(throws: ImageError.self) { try Image.decodeRGB(path: path) }
    #expect(error?.description == "\(path): an animated WebP image; give a still one.")
  }
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: self >> (24 - 8 * UInt32($0))) }
  }
}
