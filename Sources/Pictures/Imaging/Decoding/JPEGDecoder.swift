import CTurboJPEG

/// JPEG through libjpeg-turbo: accurate integer DCT and smooth chroma upsampling, as Pillow asks for.
enum JPEGDecoder {
  /// The least number of eighths of its size that libjpeg-turbo can decode an image at, so that the shorter side keeps a
  /// number of pixels; all eight where it has fewer.
  static func eighths(width: Int, height: Int, shorterSide: Int) -> Int {
    (1...8).first { scaled(min(width, height), $0) >= shorterSide } ?? 8
  }

  private static func scaled(_ length: Int, _ eighths: Int) -> Int { (length * eighths + 7) / 8 }

  static func decodeRGB(_ bytes: [UInt8], name: String) throws(ImageError) -> Image {
    try decodeRGB(bytes, shorterSide: .max, name: name).image
  }

  /// - Parameter shorterSide: the pixels that the shorter side must keep where it has them.
  static func decodeRGB(
    _ bytes: [UInt8], shorterSide: Int, name: String
  ) throws(ImageError) -> (image: Image, scale: Double) {
    guard let handle = tjInitDecompress() else {
      throw .unsupported(path: name, reason: "libjpeg-turbo could not start: out of memory")
    }
    defer { tjDestroy(handle) }
    let header = try readHeader(handle, bytes, name: name)
    guard header.width > 0, header.height > 0 else {
      throw .corrupt(path: name, format: .jpeg, reason: "it ends before its size is told")
    }
    guard Image.isAllowed(width: header.width, height: header.height) else {
      throw .tooLarge(path: name, width: header.width, height: header.height)
    }
    let isFourColor =
      header.colorSpace == TJCS_CMYK.rawValue || header.colorSpace == TJCS_YCCK.rawValue
    let format = isFourColor ? TJPF_CMYK : TJPF_RGB
    let eighths = eighths(width: header.width, height: header.height, shorterSide: shorterSide)
    let (width, height) = (scaled(header.width, eighths), scaled(header.height, eighths))
    var status: Int32 = 0
    let image = Image(
      width: width, height: height, channels: isFourColor ? 4 : 3
    ) { output in
      status = tjDecompress2(
        handle, bytes, UInt(bytes.count), output.baseAddress, Int32(width), 0, Int32(height),
        format.rawValue, 0)
    }
    if status != 0, let reason = failure(handle) {
      throw .corrupt(path: name, format: .jpeg, reason: reason)
    }
    return (isFourColor ? image.convertedFromInvertedCMYK() : image, Double(eighths) / 8)
  }

  private struct Header {
    var width: Int
    var height: Int
    var colorSpace: Int32
  }

  private static func readHeader(
    _ handle: tjhandle, _ bytes: [UInt8], name: String
  ) throws(ImageError) -> Header {
    var width: Int32 = -1
    var height: Int32 = -1
    var subsampling: Int32 = -1
    var colorSpace: Int32 = -1
    let status = tjDecompressHeader3(
      handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colorSpace)
    // The call also fails for chroma subsamplings TurboJPEG has no name for, which it decodes well.
    guard status == 0 || (width > 0 && height > 0 && colorSpace >= 0) else {
      throw .corrupt(
        path: name, format: .jpeg, reason: String(cString: tjGetErrorStr2(handle)))
    }
    return Header(width: Int(width), height: Int(height), colorSpace: colorSpace)
  }

  /// The reason why decoding failed, or nil for warnings that leave every pixel decoded, which
  /// Pillow lets pass too.
  private static func failure(_ handle: tjhandle) -> String? {
    let message = String(cString: tjGetErrorStr2(handle))
    let isWarning = tjGetErrorCode(handle) == TJERR_WARNING.rawValue
    return isWarning && !message.lowercased().contains("premature end") ? nil : message
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
