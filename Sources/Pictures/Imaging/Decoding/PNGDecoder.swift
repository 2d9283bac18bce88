import CSPNG

/// One PNG file through libspng: its header, colour tables and samples as stored.
///
/// libspng checks the file and undoes interlacing, and in unusual files compression and filtering too; what the samples
/// mean is decided in `PNGDecoder+Conversion`, because Pillow's rules differ from libspng's.
struct PNGDecoder {
  let name: String
  let width: Int
  let height: Int
  let bitDepth: Int
  let colorType: spng_color_type

  /// 256 RGBA colours: opaque black beyond the end of the file's palette.
  let palette: [UInt8]

  /// The grey or RGB colour that stands for transparent, if the file names one.
  let transparentColor: [UInt16]?

  /// Rows as the format stores them, each starting on a byte, 16-bit samples big-endian.
  let storedRows: [UInt8]

  init(_ bytes: [UInt8], name: String, limits: DecodingLimits) throws(ImageError) {
    // A typed error does not pass through `withUnsafeBytes`.
    let contents = try bytes.withUnsafeBytes { bytes -> Result<Contents, ImageError> in
      Result { () throws(ImageError) in try PNGDecoder.read(bytes, name: name, limits: limits) }
    }.get()
    self.name = name
    width = Int(contents.header.width)
    height = Int(contents.header.height)
    bitDepth = Int(contents.header.bit_depth)
    colorType = spng_color_type(UInt32(contents.header.color_type))
    palette = contents.palette
    transparentColor = contents.transparentColor
    storedRows = contents.rows
  }

  /// The number of samples of a stored pixel.
  var storedChannels: Int { Self.channels(of: colorType) }

  /// The number of bytes from one stored row to the next.
  var storedRowBytes: Int { (width * storedChannels * bitDepth + 7) / 8 }

  private static func channels(of colorType: spng_color_type) -> Int {
    switch colorType {
    case SPNG_COLOR_TYPE_TRUECOLOR: 3
    case SPNG_COLOR_TYPE_TRUECOLOR_ALPHA: 4
    case SPNG_COLOR_TYPE_GRAYSCALE_ALPHA: 2
    default: 1
    }
  }
}

extension PNGDecoder {
  private struct Contents {
    var header: spng_ihdr
    var palette: [UInt8]
    var transparentColor: [UInt16]?
    var rows: [UInt8]
  }

  private static func read(
    _ bytes: UnsafeRawBufferPointer, name: String, limits: DecodingLimits
  ) throws(ImageError) -> Contents {
    guard let context = spng_ctx_new(0) else {
      throw .unsupported(path: name, reason: "libspng could not start: out of memory")
    }
    defer { spng_ctx_free(context) }
    func check(_ status: Int32) throws(ImageError) {
      if status == 0 { return }
      guard status != SPNG_ECHUNK_LIMITS.rawValue else {
        throw .beyondLimits(
          path: name,
          reason:
            "the texts and colour profiles of the PNG are more than 1000, or unpack to more than the "
            + "\(limits.maximumMetadataByteCount) bytes allowed")
      }
      throw .corrupt(path: name, format: .png, reason: String(cString: spng_strerror(status)))
    }
    // The size of the image data follows from the pixels; these limits are for the other data.
    let metadata = limits.maximumMetadataByteCount
    try check(spng_set_chunk_limits(context, min(metadata, Int(Int32.max)), metadata))
    try check(spng_set_png_buffer(context, bytes.baseAddress, bytes.count))
    var header = spng_ihdr()
    try check(spng_get_ihdr(context, &header))
    try limits.check(width: Int(header.width), height: Int(header.height), path: name)
    var size = 0
    try check(spng_decoded_image_size(context, Int32(SPNG_FMT_RAW.rawValue), &size))
    let rows: [UInt8]
    if let unfiltered = unfilteredRows(bytes, header, size: size) {
      try check(spng_decode_chunks(context))
      rows = unfiltered
    } else {
      var status: Int32 = 0
      rows = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        // The passes of an interlaced image add their bits to bytes they expect to be zero.
        buffer.initialize(repeating: 0)
        status = spng_decode_image(
          context, buffer.baseAddress, size, Int32(SPNG_FMT_RAW.rawValue), 0)
        count = size
      }
      try check(status)
    }
    return Contents(
      header: header, palette: readPalette(context),
      transparentColor: readTransparentColor(context, header), rows: rows)
  }

  /// The rows of an ordinary file, which are read faster than by libspng; nil for any other file.
  private static func unfilteredRows(
    _ bytes: UnsafeRawBufferPointer, _ header: spng_ihdr, size: Int
  ) -> [UInt8]? {
    let height = Int(header.height)
    guard header.interlace_method == 0,
      // Each row has a byte before it that says how it is filtered.
      let filtered = PNGImageData.decompressed(bytes, byteCount: size + height)
    else { return nil }
    let colorType = spng_color_type(UInt32(header.color_type))
    let bits = channels(of: colorType) * Int(header.bit_depth)
    return PNGFilter.undone(filtered, rowBytes: size / height, pixelBytes: max(1, bits / 8))
  }

  private static func readPalette(_ context: OpaquePointer) -> [UInt8] {
    var table = [UInt8](repeating: 0, count: 4 * 256)
    for index in 0..<256 { table[4 * index + 3] = 255 }
    var colors = spng_plte()
    if spng_get_plte(context, &colors) == 0 {
      withUnsafeBytes(of: &colors.entries) { entries in
        for index in 0..<min(256, Int(colors.n_entries)) {
          for channel in 0..<3 { table[4 * index + channel] = entries[4 * index + channel] }
        }
      }
    }
    var transparency = spng_trns()
    if spng_get_trns(context, &transparency) == 0 {
      withUnsafeBytes(of: &transparency.type3_alpha) { alphas in
        for index in 0..<min(256, Int(transparency.n_type3_entries)) {
          table[4 * index + 3] = alphas[index]
        }
      }
    }
    return table
  }

  private static func readTransparentColor(
    _ context: OpaquePointer, _ header: spng_ihdr
  ) -> [UInt16]? {
    var transparency = spng_trns()
    guard spng_get_trns(context, &transparency) == 0 else { return nil }
    switch spng_color_type(UInt32(header.color_type)) {
    case SPNG_COLOR_TYPE_GRAYSCALE: return [transparency.gray]
    case SPNG_COLOR_TYPE_TRUECOLOR:
      return [transparency.red, transparency.green, transparency.blue]
    default: return nil
    }
  }
}
