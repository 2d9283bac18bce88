#if canImport(Glibc)
  import Glibc
  import Imaging
  import Testing

  /// Whether pixels come only from the file. Each test runs in its own process, because it changes the content of memory that
  /// was never written.
  @Suite struct UnwrittenMemoryTests {
    @Test func damagedJPEGsShowOnlyWhatWasDecoded() async {
      await #expect(processExitsWith: .success) {
        try expectPixelsOfTheFileAlone([
          "jpeg_420.jpg", "jpeg_progressive.jpg", "jpeg_cmyk.jpg", "jpeg_restarts.jpg",
          "jpeg_grey.jpg", "jpeg_photograph.jpg",
        ])
      }
    }

    @Test func damagedPNGsShowOnlyWhatWasDecoded() async {
      await #expect(processExitsWith: .success) {
        try expectPixelsOfTheFileAlone([
          "png_rgb.png", "png_rgba_16bit_interlaced.png", "png_palette_2bit_interlaced.png",
          "png_palette_short.png", "png_grey_4bit.png",
        ])
      }
    }

    @Test func damagedWebPsShowOnlyWhatWasDecoded() async {
      await #expect(processExitsWith: .success) {
        try expectPixelsOfTheFileAlone([
          "webp_lossy.webp", "webp_lossy_alpha.webp", "webp_lossless.webp",
          "webp_lossless_alpha.webp",
        ])
      }
    }
  }

  /// Fills memory with a byte when it is taken and another when it is given back, from now on.
  private func setMemoryFilling(_ byte: Int32) throws {
    typealias Function = @convention(c) (Int32, Int32) -> Int32
    let symbol = try #require(dlsym(nil, "mallopt"))
    // The header that names M_PERTURB is in no module.
    #expect(unsafeBitCast(symbol, to: Function.self)(-6, byte) == 1)
  }

  /// Decodes damaged variants of files twice, with other bytes in fresh memory: the pixels must be the same.
  private func expectPixelsOfTheFileAlone(_ files: [String]) throws {
    var generator = SplitMix64(state: 9)
    var accepted = 0
    for file in files {
      let bytes = try Fixtures.bytes(file)
      for _ in 0..<400 {
        var damaged = bytes
        for _ in 0..<(1 + generator.nextInteger(below: 3)) {
          let index = generator.nextInteger(below: damaged.count)
          damaged[index] ^= 1 << UInt8(generator.nextInteger(below: 8))
        }
        let images = try [Int32(0x01), 0x5A].map { byte in
          try setMemoryFilling(byte)
          return try? Image.decodeRGBA(damaged)
        }
        // No `==` in the expectation, which would print the pixels.
        let isSame = images[0] == images[1]
        #expect(isSame, "\(file): \(damaged.count) bytes")
        accepted += images[0] == nil ? 0 : 1
      }
    }
    #expect(accepted > 20)
  }
#endif
