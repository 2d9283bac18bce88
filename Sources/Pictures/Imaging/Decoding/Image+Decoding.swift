extension Image {
  /// Decodes a JPEG, PNG or WebP file to three channels, exactly as Pillow's
  /// `Image.open(path).convert("RGB")` does.
  ///
  /// Alpha is ignored, EXIF orientation unless it is asked for, 16-bit samples are cut to 8, palettes are looked up, and
  /// CMYK is taken as Adobe's inverted form. The format is told by the first bytes, not by the name.
  ///
  /// - Parameters:
  ///   - isUpright: whether the picture is turned as its `EXIFOrientation` says: as Pillow's `ImageOps.exif_transpose`
  ///     turns it, which also heeds an orientation in XMP or in the text of a PNG.
  ///   - limits: what the file may ask for.
  /// - Throws: `ImageError`, naming the path, when the file cannot be read or decoded.
  public static func decodeRGB(
    path: String, isUpright: Bool = false, limits: DecodingLimits = .standard
  ) throws(ImageError) -> Image {
    try decoded(path: path, isUpright: isUpright, limits: limits).image
  }

  /// Decodes the bytes of a JPEG, PNG or WebP file to three channels, as `decodeRGB(path:limits:)` does.
  ///
  /// - Parameter name: the name of the image in errors.
  /// - Throws: `ImageError` when the bytes cannot be decoded.
  public static func decodeRGB(
    _ bytes: [UInt8], name: String = "image", limits: DecodingLimits = .standard
  ) throws(ImageError) -> Image {
    try decoded(bytes, name: name, limits: limits).image
  }

  /// Decodes a file as `decodeRGB(path:limits:)` does, and also says what is wrong with a damaged file that can be decoded.
  ///
  /// - Throws: `ImageError`, naming the path, when the file cannot be read or decoded.
  public static func decoded(
    path: String, isUpright: Bool = false, limits: DecodingLimits = .standard
  ) throws(ImageError) -> DecodedImage {
    try decoded(
      FileBytes.read(path: path, limit: limits.maximumFileByteCount), name: path,
      isUpright: isUpright, limits: limits)
  }

  /// Decodes the bytes of a file as `decoded(path:isUpright:limits:)` does.
  ///
  /// - Parameter name: the name of the image in errors.
  /// - Throws: `ImageError` when the bytes cannot be decoded.
  public static func decoded(
    _ bytes: [UInt8], name: String, isUpright: Bool, limits: DecodingLimits = .standard
  ) throws(ImageError) -> DecodedImage {
    let decoded = try decoded(bytes, name: name, limits: limits)
    return isUpright ? decoded.turned(EXIFOrientation(of: bytes)) : decoded
  }

  private static func decoded(
    _ bytes: [UInt8], name: String, limits: DecodingLimits
  ) throws(ImageError) -> DecodedImage {
    switch ImageFormat(bytes: bytes) {
    case .jpeg:
      try JPEGDecoder.decodeRGB(bytes, name: name, limits: limits)
    case .png:
      DecodedImage(try PNGDecoder(bytes, name: name, limits: limits).rgb())
    case .webP:
      DecodedImage(try WebPDecoder.decode(bytes, channels: 3, name: name, limits: limits))
    case nil:
      throw .unknownFormat(path: name)
    }
  }

  /// Decodes a file as `decodeRGB(path:limits:)` does, but a JPEG no larger than needed: at the smallest number of eighths
  /// of its size at which the shorter side has `shorterSide` pixels or more. This is faster and gives almost the same picture
  /// as one that is decoded exactly and resized, but not the same bytes.
  ///
  /// - Returns: the image, and its size as a share of the file's.
  /// - Throws: `ImageError`, naming the path, when the file cannot be read or decoded.
  public static func decodeRGB(
    path: String, shorterSide: Int, isUpright: Bool = false, limits: DecodingLimits = .standard
  ) throws(ImageError) -> (image: Image, scale: Double) {
    try decodeRGB(
      FileBytes.read(path: path, limit: limits.maximumFileByteCount), shorterSide: shorterSide,
      name: path, isUpright: isUpright, limits: limits)
  }

  /// Decodes the bytes of a file as `decodeRGB(path:shorterSide:isUpright:limits:)` does.
  ///
  /// - Parameter name: the name of the image in errors.
  /// - Throws: `ImageError` when the bytes cannot be decoded.
  public static func decodeRGB(
    _ bytes: [UInt8], shorterSide: Int, name: String, isUpright: Bool,
    limits: DecodingLimits = .standard
  ) throws(ImageError) -> (image: Image, scale: Double) {
    let decoded =
      ImageFormat(bytes: bytes) == .jpeg
      ? try JPEGDecoder.decodeRGB(bytes, shorterSide: shorterSide, name: name, limits: limits)
      : try decoded(bytes, name: name, limits: limits)
    let turned = isUpright ? decoded.turned(EXIFOrientation(of: bytes)) : decoded
    return (turned.image, turned.scale)
  }

  /// Decodes a JPEG, PNG or WebP file to four channels, exactly as Pillow's
  /// `Image.open(path).convert("RGBA")` does; an image without transparency gets alpha 255.
  ///
  /// - Throws: `ImageError`, naming the path, when the file cannot be read or decoded.
  public static func decodeRGBA(
    path: String, limits: DecodingLimits = .standard
  ) throws(ImageError) -> Image {
    try decodeRGBA(
      FileBytes.read(path: path, limit: limits.maximumFileByteCount), name: path, limits: limits)
  }

  /// Decodes the bytes of a JPEG, PNG or WebP file to four channels, as `decodeRGBA(path:limits:)` does.
  ///
  /// - Parameter name: the name of the image in errors.
  /// - Throws: `ImageError` when the bytes cannot be decoded.
  public static func decodeRGBA(
    _ bytes: [UInt8], name: String = "image", limits: DecodingLimits = .standard
  ) throws(ImageError) -> Image {
    switch ImageFormat(bytes: bytes) {
    case .jpeg:
      try JPEGDecoder.decodeRGB(bytes, name: name, limits: limits).image.withOpaqueAlpha()
    case .png: try PNGDecoder(bytes, name: name, limits: limits).rgba()
    case .webP: try WebPDecoder.decode(bytes, channels: 4, name: name, limits: limits)
    case nil: throw .unknownFormat(path: name)
    }
  }

  /// Decodes a label map: a palette PNG as its raw indices, or an 8-bit grey PNG as its raw values.
  ///
  /// The colours of the palette play no part. The image has one channel.
  ///
  /// - Parameter inFirstChannel: whether a PNG of several channels, or of 16 bits, is read too: its first channel, whose values
  ///   are at most 255. SYNTHIA has the class there, and instances in the next.
  /// - Throws: `ImageError`, naming the path, for any other file.
  public static func decodeIndices(
    path: String, inFirstChannel: Bool = false, limits: DecodingLimits = .standard
  ) throws(ImageError) -> Image {
    try decodeIndices(
      FileBytes.read(path: path, limit: limits.maximumFileByteCount), name: path,
      inFirstChannel: inFirstChannel, limits: limits)
  }

  /// Decodes the bytes of a label map, as `decodeIndices(path:inFirstChannel:limits:)` does.
  ///
  /// - Parameter name: the name of the image in errors.
  /// - Throws: `ImageError` for anything but such a PNG.
  public static func decodeIndices(
    _ bytes: [UInt8], name: String = "image", inFirstChannel: Bool = false,
    limits: DecodingLimits = .standard
  ) throws(ImageError) -> Image {
    switch ImageFormat(bytes: bytes) {
    case .png:
      return try PNGDecoder(bytes, name: name, limits: limits)
        .indices(inFirstChannel: inFirstChannel)
    case .some(let format):
      throw .unsupported(
        path: name,
        reason: "a label map is a palette PNG or an 8-bit grey PNG, not a \(format.rawValue) image")
    case nil:
      throw .unknownFormat(path: name)
    }
  }

  /// The same colours with alpha 255; an RGB image is expected.
  func withOpaqueAlpha() -> Image {
    Image(width: width, height: height, channels: 4) { output in
      pixels.withUnsafeBufferPointer { input in
        for pixel in 0..<(width * height) {
          output[4 * pixel] = input[3 * pixel]
          output[4 * pixel + 1] = input[3 * pixel + 1]
          output[4 * pixel + 2] = input[3 * pixel + 2]
          output[4 * pixel + 3] = 255
        }
      }
    }
  }
}
