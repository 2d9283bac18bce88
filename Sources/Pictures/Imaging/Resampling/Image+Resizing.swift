extension Image {
  /// Resizes as Pillow's `resize` with the bilinear filter and antialias, byte for byte; colours of
  /// an RGBA image are weighted by alpha, as there.
  ///
  /// The reference is Pillow 13, which begins with the columns where the height shrinks by more than
  /// twice as many pixels as the width (for equal scales: images more than twice as tall as wide);
  /// older versions always begin with the rows and may there differ by a grey level.
  ///
  /// - Throws: `ImageError.invalidArgument` for an impossible size.
  public func resized(width newWidth: Int, height newHeight: Int) throws(ImageError) -> Image {
    try resized(
      width: newWidth, height: newHeight,
      keeping: PixelRectangle(x: 0, y: 0, width: newWidth, height: newHeight))
  }

  /// Resizes and crops in one go: the same pixels as `resized(width:height:)` followed by
  /// `cropped(to:)`, without computing the others.
  ///
  /// - Parameter rectangle: the part of the resized image to compute.
  /// - Throws: `ImageError.invalidArgument` for an impossible size or rectangle.
  public func resized(
    width newWidth: Int, height newHeight: Int, keeping rectangle: PixelRectangle
  ) throws(ImageError) -> Image {
    try Image.checkShape(width: newWidth, height: newHeight, channels: channels)
    guard rectangle.isInside(width: newWidth, height: newHeight) else {
      throw .invalidArgument(
        "The rectangle \(rectangle) does not lie inside an image of \(newWidth) × \(newHeight).")
    }
    if newWidth == width && newHeight == height { return cropped(toInner: rectangle) }
    if channels == 4 {
      return premultiplied().resampled(width: newWidth, height: newHeight, keeping: rectangle)
        .unpremultiplied()
    }
    return resampled(width: newWidth, height: newHeight, keeping: rectangle)
  }

  /// Resizes so that the shorter side has `length` pixels and the longer one follows, rounded down:
  /// torchvision's `Resize(length)` on a Pillow image.
  ///
  /// - Throws: `ImageError.invalidArgument` for an impossible size.
  public func resized(shorterSide length: Int) throws(ImageError) -> Image {
    let size = try size(shorterSide: length)
    return try resized(width: size.width, height: size.height)
  }

  /// The size `resized(shorterSide:)` gives.
  ///
  /// - Throws: `ImageError.invalidArgument` for an impossible size.
  public func size(shorterSide length: Int) throws(ImageError) -> (width: Int, height: Int) {
    guard length > 0, Image.isAllowed(width: length, height: max(width, height)) else {
      throw .invalidArgument(
        "The shorter side of an image of \(width) × \(height) pixels cannot become \(length).")
    }
    let size =
      width <= height
      ? (width: length, height: length * height / width)
      : (width: length * width / height, height: length)
    try Image.checkShape(width: size.width, height: size.height, channels: channels)
    return size
  }

  /// `resized(shorterSide:)` and then a random crop as `randomlyCropped(width:height:using:)` draws
  /// it, computing only the pixels that are kept.
  ///
  /// - Parameter side: the shorter side of the resized image and both sides of the crop.
  /// - Throws: `ImageError.invalidArgument` for an impossible size.
  public func resizedAndRandomlyCropped(
    side: Int, using generator: inout some RandomNumberGenerator
  ) throws(ImageError) -> Image {
    let size = try size(shorterSide: side)
    let y = generator.nextInteger(below: size.height - side + 1)
    let x = generator.nextInteger(below: size.width - side + 1)
    return try resized(
      width: size.width, height: size.height,
      keeping: PixelRectangle(x: x, y: y, width: side, height: side))
  }
}
