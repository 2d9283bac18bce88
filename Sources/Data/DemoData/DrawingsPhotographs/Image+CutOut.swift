import Imaging

extension Image {
  /// The picture cropped to what is not transparent, laid on a colour, padded to a square with it and
  /// resized; nil if all of it is transparent.
  ///
  /// - Parameters:
  ///   - color: Red, green and blue.
  ///   - size: The side of the result, in pixels.
  /// - Returns: Three channels, size × size.
  /// - Throws: `ImageError.invalidArgument` for an impossible size.
  package func cutOut(on color: [UInt8], size: Int) throws(ImageError) -> Image? {
    guard let bounds = opaqueBounds else { return nil }
    return try cropped(to: bounds).composited(over: color).paddedToSquare(color: color)
      .resized(width: size, height: size)
  }
}
