import CJPEG

/// JPEG through libjpeg, with the accurate integer DCT and smooth chroma upsampling, which Pillow uses too.
///
/// A file that ends before its picture does is refused: the missing part would be trained on as grey. Pillow refuses it too
/// if the file itself ends, but not if only a scan does. Other damage after which libjpeg continues, such as an impossible
/// code or bytes that belong to nothing, is accepted as in Pillow, and reported as `DecodedImage.damage`.
enum JPEGDecoder {
  /// The smallest number of eighths of its size at which libjpeg can decode an image so that the shorter side keeps the
  /// given number of pixels; all eight if it has fewer pixels.
  static func eighths(width: Int, height: Int, shorterSide: Int) -> Int {
    (1...8).first { scaled(min(width, height), $0) >= shorterSide } ?? 8
  }

  private static func scaled(_ length: Int, _ eighths: Int) -> Int { (length * eighths + 7) / 8 }

  /// - Parameter shorterSide: the number of pixels that the shorter side must keep if it has so many.
  static func decodeRGB(
    _ bytes: [UInt8], shorterSide: Int = .max, name: String, limits: DecodingLimits
  ) throws(ImageError) -> DecodedImage {
    try bytes.withUnsafeBufferPointer { (buffer) throws(ImageError) in
      try decodeRGB(buffer, shorterSide: shorterSide, name: name, limits: limits)
    }
  }

  private static func decodeRGB(
    _ bytes: UnsafeBufferPointer<UInt8>, shorterSide: Int, name: String, limits: DecodingLimits
  ) throws(ImageError) -> DecodedImage {
    let scans = Int32(clamping: limits.maximumScanCount)
    guard let decoder = cjpeg_open(bytes.baseAddress, bytes.count, scans) else {
      throw .unsupported(path: name, reason: "libjpeg could not start: out of memory")
    }
    defer { cjpeg_close(decoder) }
    var header = cjpeg_header()
    guard cjpeg_read_header(decoder, &header) else { throw failure(decoder, name, limits) }
    let (width, height) = (Int(header.width), Int(header.height))
    try limits.check(width: width, height: height, path: name)
    let eighths = eighths(width: width, height: height, shorterSide: shorterSide)
    var isDecoded = false
    let image = Image(
      width: scaled(width, eighths), height: scaled(height, eighths),
      channels: Int(header.channels)
    ) { output in
      isDecoded = cjpeg_decode(
        decoder, Int32(eighths), Int32(scaled(width, eighths)), Int32(scaled(height, eighths)),
        output.baseAddress)
    }
    guard isDecoded else { throw failure(decoder, name, limits) }
    return DecodedImage(
      header.channels == 4 ? image.convertedFromInvertedCMYK() : image,
      scale: Double(eighths) / 8, damage: cjpeg_warning(decoder).map { String(cString: $0) })
  }

  private static func failure(
    _ decoder: OpaquePointer, _ name: String, _ limits: DecodingLimits
  ) -> ImageError {
    if cjpeg_has_too_many_scans(decoder) {
      return .beyondLimits(
        path: name, reason: "a JPEG of more than the \(limits.maximumScanCount) scans allowed")
    }
    return .corrupt(path: name, format: .jpeg, reason: String(cString: cjpeg_failure(decoder)))
  }
}

extension Image {
  /// RGB of CMYK samples stored inverted, in Pillow's arithmetic.
  fileprivate func convertedFromInvertedCMYK() -> Image {
    Image(width: width, height: height, channels: 3) { output in
      pixels.withUnsafeBufferPointer { input in
        for pixel in 0..<(width * height) {
          let white = Int32(input[4 * pixel + 3])
          for channel in 0..<3 {
            let ink = 255 - Int32(input[4 * pixel + channel])
            let value = white - dividedBy255(ink &* white)
            output[3 * pixel + channel] = UInt8(truncatingIfNeeded: max(0, value))
          }
        }
      }
    }
  }
}
