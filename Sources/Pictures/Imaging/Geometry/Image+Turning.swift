extension Image {
  /// The picture turned as `orientation` says.
  public func turned(_ orientation: EXIFOrientation) -> Image {
    if orientation == .upright { return self }
    let (outputWidth, outputHeight) = orientation.swapsSides ? (height, width) : (width, height)
    // The first pixel, and the steps from a pixel to its right and to its lower neighbour, in pixels of this image.
    let (lastColumn, lastRow) = (width - 1, (height - 1) * width)
    let (first, right, down): (Int, Int, Int) =
      switch orientation {
      case .upright: (0, 1, width)
      case .mirrored: (lastColumn, -1, width)
      case .halfTurn: (lastRow + lastColumn, -1, -width)
      case .flipped: (lastRow, 1, -width)
      case .transposed: (0, width, 1)
      case .quarterTurn: (lastRow, -width, 1)
      case .transverse: (lastRow + lastColumn, -width, -1)
      case .threeQuarterTurn: (lastColumn, width, -1)
      }
    return Image(width: outputWidth, height: outputHeight, channels: channels) { output in
      pixels.withUnsafeBufferPointer { input in
        withConstantChannels { channels in
          var target = 0
          for row in 0..<outputHeight {
            var source = (first &+ row &* down) &* channels
            for _ in 0..<outputWidth {
              for channel in 0..<channels { output[target &+ channel] = input[source &+ channel] }
              target &+= channels
              source &+= right &* channels
            }
          }
        }
      }
    }
  }
}
