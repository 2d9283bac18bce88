import CSPNG

extension Image {
  /// Writes the image as a PNG file of 8 bits per sample: grey, RGB or RGBA by its channels.
  ///
  /// The file appears complete or not at all: it is written beside `path` and renamed.
  ///
  /// - Throws: `ImageError.unwritable`, naming the path, with the system's reason.
  public func writePNG(to path: String) throws(ImageError) {
    guard let context = spng_ctx_new(Int32(SPNG_CTX_ENCODER.rawValue)) else {
      throw .unwritable(path: path, reason: "libspng could not start: out of memory")
    }
    defer { spng_ctx_free(context) }
    var header = spng_ihdr()
    header.width = UInt32(width)
    header.height = UInt32(height)
    header.bit_depth = 8
    header.color_type = UInt8(pngColorType.rawValue)
    spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1)
    var status = spng_set_ihdr(context, &header)
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
    try FileBytes.writeAtomically(
      UnsafeRawBufferPointer(start: encoded, count: size), path: path)
  }

  private var pngColorType: spng_color_type {
    switch channels {
    case 1: SPNG_COLOR_TYPE_GRAYSCALE
    case 3: SPNG_COLOR_TYPE_TRUECOLOR
    default: SPNG_COLOR_TYPE_TRUECOLOR_ALPHA
    }
  }
}
