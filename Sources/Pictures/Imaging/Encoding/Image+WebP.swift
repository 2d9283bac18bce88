import CWebP

extension Image {
  /// The RGB image as the bytes of a lossy WebP file, small enough to stand in a page.
  /// - Parameter quality: from 0, small, to 100, faithful.
  /// - Throws: `ImageError.invalidArgument` for another number of channels, and for sides of more than 16383 pixels, which the
  ///   format does not have.
  public func encodedWebP(quality: Float = 80) throws(ImageError) -> [UInt8] {
    guard channels == 3 else {
      throw .invalidArgument("A WebP image is made of 3 channels, not of \(channels).")
    }
    var output: UnsafeMutablePointer<UInt8>?
    let size = WebPEncodeRGB(
      pixels, Int32(width), Int32(height), Int32(width * channels), quality, &output)
    defer { WebPFree(output) }
    guard size > 0, let output else {
      throw .invalidArgument(
        "An image of \(width) × \(height) pixels cannot be encoded as WebP, whose sides end at 16383 pixels."
      )
    }
    return Array(UnsafeBufferPointer(start: output, count: size))
  }
}
