extension Image {
  /// The image with another laid upon it.
  /// - Parameters:
  ///   - x: the column of the other image's left edge.
  ///   - y: the row of its upper edge.
  /// - Throws: `ImageError.invalidArgument` where the other image reaches beyond this one or has other channels.
  public func pasted(_ other: Image, x: Int, y: Int) throws(ImageError) -> Image {
    try checkContains(PixelRectangle(x: x, y: y, width: other.width, height: other.height))
    guard other.channels == channels else {
      throw .invalidArgument(
        "An image of \(other.channels) channels cannot be laid upon one of \(channels).")
    }
    let length = other.width * channels
    return map { input, output in
      _ = output.update(fromContentsOf: input)
      for row in 0..<other.height {
        let start = ((y + row) * width + x) * channels
        for sample in 0..<length { output[start + sample] = other.pixels[row * length + sample] }
      }
    }
  }
}
