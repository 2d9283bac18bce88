/// What an image takes over from another one that stands for a style, for example a rendered image from a photograph. The
/// contents of the image stay in place, so that its labels remain valid.
public enum StyleTransfer: Sendable, Equatable {
  /// Mean and standard deviation of each channel of CIE L*a*b* (after Reinhard et al. 2001).
  case colorStatistics
  /// The amplitudes of the lowest spatial frequencies of each RGB channel, while phases stay (Yang & Soatto 2020): those
  /// up to ⌊share · shorter side⌋ periods over the image along either axis; `share` is at least 0 and below ½.
  case lowFrequencies(share: Double)

  /// `image` in the style of `style`, whose picture may have another size.
  ///
  /// - Throws: `ImageError.invalidArgument` if the image is not RGB or the share is out of range.
  public func callAsFunction(_ image: Image, style: Style) throws(ImageError) -> Image {
    guard image.channels == 3 else {
      throw .invalidArgument(
        "A style is lent to an RGB image, not to one of \(image.channels) channels; convert it first."
      )
    }
    switch self {
    case .colorStatistics:
      return image.withColors(style.colors)
    case .lowFrequencies(let share):
      guard (0..<0.5).contains(share) else {
        throw .invalidArgument(
          "The share of exchanged frequencies is at least 0 and below 0.5, not \(share).")
      }
      let fitted = try style.picture.resized(width: image.width, height: image.height)
      return image.withLowFrequencies(of: fitted, share: share)
    }
  }
}
