/// An image that was decoded from a file.
public struct DecodedImage: Sendable, Equatable {
  /// The picture.
  public let image: Image
  /// Its size as a share of the size in the file.
  public let scale: Double
  /// What is wrong with the file although every pixel could be decoded, perhaps to a wrong colour; nil for an undamaged
  /// file.
  public let damage: String?

  init(_ image: Image, scale: Double = 1, damage: String? = nil) {
    self.image = image
    self.scale = scale
    self.damage = damage
  }

  /// The same, turned as `orientation` says.
  func turned(_ orientation: EXIFOrientation) -> DecodedImage {
    DecodedImage(image.turned(orientation), scale: scale, damage: damage)
  }
}
