/// An image as a file gave it.
public struct DecodedImage: Sendable, Equatable {
  /// The picture.
  public let image: Image
  /// Its size as a share of the file's.
  public let scale: Double
  /// What is wrong with the file, though every pixel could be decoded, perhaps to another one than was meant; nil for a
  /// sound file.
  public let damage: String?

  init(_ image: Image, scale: Double = 1, damage: String? = nil) {
    self.image = image
    self.scale = scale
    self.damage = damage
  }
}
