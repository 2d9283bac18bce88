/// A picture that stands for a style; what is taken from it is computed once for all images.
public struct Style: Sendable {
  /// The picture, RGB.
  let picture: Image
  /// Mean and standard deviation of its colours.
  let colors: ColorMoments

  /// The style of an RGB picture.
  /// - Throws: `ImageError.invalidArgument` for other channels.
  public init(_ picture: Image) throws(ImageError) {
    guard picture.channels == 3 else {
      throw .invalidArgument(
        "A style is taken from an RGB image, not from one of \(picture.channels) channels; convert it first."
      )
    }
    self.picture = picture
    colors = ColorMoments(picture.labColors())
  }
}
