extension Image {
  /// Adds borders of one colour.
  ///
  /// - Parameter color: one sample per channel of this image.
  /// - Throws: `ImageError.invalidArgument` for a negative border, an impossible size or a colour
  ///   of the wrong number of channels.
  public func padded(
    left: Int, top: Int, right: Int, bottom: Int, color: [UInt8]
  ) throws(ImageError) -> Image {
    guard color.count == channels else {
      throw .invalidArgument(
        "An image of \(channels) channels cannot be padded with a colour of \(color.count).")
    }
    let borders = [left, top, right, bottom]
    guard borders.allSatisfy({ (0...Image.maximumPixelCount).contains($0) }) else {
      throw .invalidArgument(
        "Borders are from 0 to \(Image.maximumPixelCount) pixels wide, "
          + "not \(borders) (left, top, right, bottom).")
    }
    let paddedWidth = left + width + right
    let paddedHeight = top + height + bottom
    try Image.checkShape(width: paddedWidth, height: paddedHeight, channels: channels)
    return Image(width: paddedWidth, height: paddedHeight, channels: channels) { output in
      Image.fill(output, with: color)
      pixels.withUnsafeBufferPointer { input in
        let rowBytes = width * channels
        for row in 0..<height {
          let start = ((top + row) * paddedWidth + left) * channels
          let source = UnsafeBufferPointer(
            rebasing: input[(row * rowBytes)..<((row + 1) * rowBytes)])
          _ = output[start..<(start + rowBytes)].update(fromContentsOf: source)
        }
      }
    }
  }

  /// Adds borders of one colour on the two ends of the shorter side until the image is square; an odd
  /// pixel goes to the far end.
  ///
  /// - Throws: `ImageError.invalidArgument` for a colour of the wrong number of channels or a square
  ///   that would be too large.
  public func paddedToSquare(color: [UInt8]) throws(ImageError) -> Image {
    let side = max(width, height)
    let columns = side - width
    let rows = side - height
    return try padded(
      left: columns / 2, top: rows / 2, right: columns - columns / 2, bottom: rows - rows / 2,
      color: color)
  }
}
