extension Image {
  /// The smallest rectangle that holds every pixel with alpha above 0, or nil when there is none.
  ///
  /// An image without alpha is opaque: the rectangle is the whole of it.
  public var opaqueBounds: PixelRectangle? {
    guard channels == 4 else { return PixelRectangle(x: 0, y: 0, width: width, height: height) }
    return pixels.withUnsafeBufferPointer { samples in
      var left = width
      var right = -1
      var top = height
      var bottom = -1
      for row in 0..<height {
        let alphas = row * width * 4 + 3
        guard let first = (0..<width).first(where: { samples[alphas + 4 * $0] > 0 }),
          let last = (first..<width).last(where: { samples[alphas + 4 * $0] > 0 })
        else { continue }
        left = min(left, first)
        right = max(right, last)
        top = min(top, row)
        bottom = row
      }
      guard bottom >= 0 else { return nil }
      return PixelRectangle(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }
  }

  /// Lays an RGBA image over an opaque background, in the arithmetic of Pillow's `alpha_composite`.
  ///
  /// - Parameter color: red, green and blue of the background.
  /// - Returns: three channels; an image that has no alpha comes back as it is.
  /// - Throws: `ImageError.invalidArgument` when the colour is not three samples.
  public func composited(over color: [UInt8]) throws(ImageError) -> Image {
    guard color.count == 3 else {
      throw .invalidArgument(
        "A background colour is 3 samples (red, green, blue), not \(color.count).")
    }
    guard channels == 4 else { return self }
    return Image(width: width, height: height, channels: 3) { output in
      pixels.withUnsafeBufferPointer { input in
        for (channel, value) in color.enumerated() {
          let background = Int32(value)
          for pixel in 0..<(width * height) {
            let alpha = Int32(input[4 * pixel + 3])
            let foreground = Int32(input[4 * pixel + channel])
            // With an opaque background Pillow's weights are 128·alpha and 128·(255 − alpha).
            let sum = (foreground &* alpha &+ background &* (255 &- alpha) &+ 128) &<< 7
            let quotient = ((sum &>> 8) &+ sum) &>> 15
            output[3 * pixel + channel] = UInt8(truncatingIfNeeded: quotient)
          }
        }
      }
    }
  }
}
