import CWebP

/// Still WebP images through libwebp.
enum WebPDecoder {
  /// - Parameter channels: 3 drops alpha, 4 keeps it.
  static func decode(
    _ bytes: [UInt8], channels: Int, name: String, limits: DecodingLimits
  ) throws(ImageError) -> Image {
    var features = WebPBitstreamFeatures()
    let status = WebPGetFeaturesInternal(bytes, bytes.count, &features, WEBP_DECODER_ABI_VERSION)
    guard status == VP8_STATUS_OK else {
      throw .corrupt(path: name, format: .webP, reason: "its header cannot be read")
    }
    guard features.has_animation == 0 else {
      throw .unsupported(path: name, reason: "an animated WebP image; give a still one")
    }
    let width = Int(features.width)
    let height = Int(features.height)
    try limits.check(width: width, height: height, path: name)
    var isDecoded = false
    let image = Image(width: width, height: height, channels: channels) { output in
      // libwebp does not say which pixels it wrote.
      output.initialize(repeating: 0)
      let decode = channels == 4 ? WebPDecodeRGBAInto : WebPDecodeRGBInto
      isDecoded =
        decode(bytes, bytes.count, output.baseAddress, output.count, Int32(width * channels)) != nil
    }
    guard isDecoded else {
      throw .corrupt(path: name, format: .webP, reason: "its pixels cannot be decoded")
    }
    return image
  }
}
