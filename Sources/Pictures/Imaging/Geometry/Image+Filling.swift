extension Image {
  /// The image with a rectangle of one colour.
  ///
  /// - Parameter color: one sample per channel of this image.
  /// - Throws: `ImageError.invalidArgument` for a rectangle that reaches beyond the image, or a colour of the wrong number
  ///   of channels.
  public func filled(_ rectangle: PixelRectangle, color: [UInt8]) throws(ImageError) -> Image {
    try checkContains(rectangle)
    guard color.count == channels else {
      throw .invalidArgument(
        "An image of \(channels) channels cannot be filled with a colour of \(color.count).")
    }
    return map { input, output in
      _ = output.update(fromContentsOf: input)
      for row in rectangle.y..<rectangle.y + rectangle.height {
        let start = (row * width + rectangle.x) * channels
        Image.fill(
          UnsafeMutableBufferPointer(
            rebasing: output[start..<start + rectangle.width * channels]), with: color)
      }
    }
  }
}
