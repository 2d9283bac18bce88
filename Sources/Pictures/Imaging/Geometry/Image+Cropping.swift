extension Image {
  /// Cuts out a rectangle.
  ///
  /// - Throws: `ImageError.invalidArgument` when it is empty or reaches beyond the image.
  public func cropped(to rectangle: PixelRectangle) throws(ImageError) -> Image {
    try checkContains(rectangle)
    return cropped(toInner: rectangle)
  }

  /// Cuts the middle out, with torchvision's rounding; a side that is too short is padded with black
  /// (transparent, with four channels), half on each end, the odd pixel at the far end.
  ///
  /// - Throws: `ImageError.invalidArgument` for an impossible size.
  public func centerCropped(width cropWidth: Int, height cropHeight: Int) throws(ImageError)
    -> Image
  {
    let padded = try paddedForCrop(width: cropWidth, height: cropHeight)
    return padded.cropped(
      toInner: PixelRectangle(
        x: Image.halfRoundedToEven(padded.width - cropWidth),
        y: Image.halfRoundedToEven(padded.height - cropHeight),
        width: cropWidth, height: cropHeight))
  }

  /// Cuts a rectangle out at a uniformly drawn place: first the row is drawn, then the column.
  ///
  /// A side that is too short is padded as `centerCropped(width:height:)` does.
  ///
  /// - Throws: `ImageError.invalidArgument` for an impossible size.
  public func randomlyCropped(
    width cropWidth: Int, height cropHeight: Int, using generator: inout some RandomNumberGenerator
  ) throws(ImageError) -> Image {
    let padded = try paddedForCrop(width: cropWidth, height: cropHeight)
    let y = generator.nextInteger(below: padded.height - cropHeight + 1)
    let x = generator.nextInteger(below: padded.width - cropWidth + 1)
    return padded.cropped(
      toInner: PixelRectangle(x: x, y: y, width: cropWidth, height: cropHeight))
  }

  /// The mirror image: left and right change places.
  public func mirrored() -> Image {
    map { input, output in
      for row in 0..<height {
        let start = row * width
        for column in 0..<width {
          let source = (start + width - 1 - column) * channels
          let target = (start + column) * channels
          for channel in 0..<channels { output[target + channel] = input[source + channel] }
        }
      }
    }
  }

  func checkContains(_ rectangle: PixelRectangle) throws(ImageError) {
    guard rectangle.isInside(width: width, height: height) else {
      throw .invalidArgument(
        "The rectangle of \(rectangle.width) × \(rectangle.height) pixels at (\(rectangle.x), "
          + "\(rectangle.y)) does not lie inside an image of \(width) × \(height) pixels.")
    }
  }

  /// The rectangle must lie inside.
  func cropped(toInner rectangle: PixelRectangle) -> Image {
    if rectangle.width == width && rectangle.height == height { return self }
    return Image(width: rectangle.width, height: rectangle.height, channels: channels) { output in
      pixels.withUnsafeBufferPointer { input in
        let rowBytes = rectangle.width * channels
        for row in 0..<rectangle.height {
          let start = ((rectangle.y + row) * width + rectangle.x) * channels
          let source = UnsafeBufferPointer(rebasing: input[start..<(start + rowBytes)])
          _ = output[(row * rowBytes)..<((row + 1) * rowBytes)].update(fromContentsOf: source)
        }
      }
    }
  }

  private func paddedForCrop(
    width cropWidth: Int, height cropHeight: Int
  ) throws(ImageError) -> Image {
    try Image.checkShape(width: cropWidth, height: cropHeight, channels: channels)
    let missingColumns = max(0, cropWidth - width)
    let missingRows = max(0, cropHeight - height)
    if missingColumns == 0 && missingRows == 0 { return self }
    return try padded(
      left: missingColumns / 2, top: missingRows / 2,
      right: (missingColumns + 1) / 2, bottom: (missingRows + 1) / 2,
      color: [UInt8](repeating: 0, count: channels))
  }

  /// Half of a length, ties to the even neighbour, as Python's `round(length / 2)`.
  private static func halfRoundedToEven(_ length: Int) -> Int {
    Int((Double(length) / 2).rounded(.toNearestOrEven))
  }
}
