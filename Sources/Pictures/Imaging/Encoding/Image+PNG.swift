import CSPNG

extension Image {
  /// Writes the image as a PNG file of 8 bits per sample: grey, RGB or RGBA by its channels.
  ///
  /// The file appears complete or not at all: it is written beside `path` and renamed.
  ///
  /// - Throws: `ImageError.unwritable`, naming the path, with the system's reason.
  public func writePNG(to path: String) throws(ImageError) {
    try writePNG(to: path, palette: nil)
  }

  /// Writes the image as `writePNG(to:)` does, but does not wait for the disk.
  ///
  /// This is for the thousands of files of a folder, whose writer waits once for all of them.
  package func writePNGInPassing(to path: String) throws(ImageError) {
    try writePNG(to: path, palette: nil, synchronizes: false)
  }

  /// Writes an image of one channel as a palette PNG of 8 bits: the samples are indices of colours, as in label maps.
  ///
  /// - Parameter palette: up to 256 colours of red, green and blue; samples beyond it are shown in black.
  /// - Throws: `ImageError.invalidArgument` for another number of channels or an invalid palette,
  ///   `ImageError.unwritable` as `writePNG(to:)`.
  public func writePNG(to path: String, palette: [[UInt8]]) throws(ImageError) {
    guard channels == 1, palette.count <= 256, palette.allSatisfy({ $0.count == 3 }) else {
      throw .invalidArgument(
        "A palette PNG needs one channel and at most 256 colours of 3 samples, not \(channels) and "
          + "\(palette.count).")
    }
    try writePNG(to: path, palette: Self.wholePalette(palette))
  }

  /// The image as the bytes of a PNG file.
  /// - Throws: `ImageError.unwritable` where there is not enough memory.
  public func encodedPNG() throws(ImageError) -> [UInt8] {
    try encoded(palette: nil, path: "PNG") { bytes throws(ImageError) in Array(bytes) }
  }

  private static func wholePalette(_ colors: [[UInt8]]) -> spng_plte {
    var palette = spng_plte()
    palette.n_entries = 256
    withUnsafeMutableBytes(of: &palette.entries) { bytes in
      let entries = bytes.bindMemory(to: spng_plte_entry.self)
      for (index, color) in colors.enumerated() {
        entries[index] = spng_plte_entry(
          red: color[0], green: color[1], blue: color[2], alpha: 255)
      }
    }
    return palette
  }

  private func writePNG(
    to path: String, palette: spng_plte?, synchronizes: Bool = true
  ) throws(ImageError) {
    try encoded(palette: palette, path: path) { bytes throws(ImageError) in
      try FileBytes.writeAtomically(bytes, path: path, synchronizes: synchronizes)
    }
  }

  /// Encodes the image and hands over the bytes, which are there for the call alone.
  private func encoded<Result>(
    palette: spng_plte?, path: String,
    _ body: (UnsafeRawBufferPointer) throws(ImageError) -> Result
  ) throws(ImageError) -> Result {
    guard let context = spng_ctx_new(Int32(SPNG_CTX_ENCODER.rawValue)) else {
      throw .unwritable(path: path, reason: "libspng could not start: out of memory")
    }
    defer { spng_ctx_free(context) }
    var header = spng_ihdr()
    header.width = UInt32(width)
    header.height = UInt32(height)
    header.bit_depth = 8
    header.color_type = UInt8((palette == nil ? pngColorType : SPNG_COLOR_TYPE_INDEXED).rawValue)
    spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1)
    var status = spng_set_ihdr(context, &header)
    if status == 0, var palette { status = spng_set_plte(context, &palette) }
    if status == 0 {
      status = spng_encode_image(
        context, pixels, pixels.count, Int32(SPNG_FMT_PNG.rawValue),
        Int32(SPNG_ENCODE_FINALIZE.rawValue))
    }
    var size = 0
    guard status == 0, let encoded = spng_get_png_buffer(context, &size, &status) else {
      throw .unwritable(path: path, reason: String(cString: spng_strerror(status)))
    }
    // A buffer taken from the encoder belongs to the caller.
    defer { free(encoded) }
    return try body(UnsafeRawBufferPointer(start: encoded, count: size))
  }

  private var pngColorType: spng_color_type {
    switch channels {
    case 1: SPNG_COLOR_TYPE_GRAYSCALE
    case 3: SPNG_COLOR_TYPE_TRUECOLOR
    default: SPNG_COLOR_TYPE_TRUECOLOR_ALPHA
    }
  }
}
