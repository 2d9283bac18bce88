import Imaging

/// Versions of every training image in the styles of other pictures, drawn anew in every epoch (Yue et al., ICCV 2019).
public struct StyledViews: Sendable {
  /// The source of the versions.
  public enum Source: Sendable {
    /// The styles of at least one picture, and the transfers that are applied one after the other.
    case pictures(StylePictures, transfers: [StyleTransfer])
    /// Versions of the images that were made by another program.
    case stylised(StylisedImages)
  }

  /// The number of versions of each image.
  public let count: Int
  private let source: Source
  private let seed: UInt64

  /// `count` versions of each image.
  /// - Parameter seed: the seed of the random choices.
  public init(count: Int, of source: Source, seed: UInt64) {
    self.count = count
    self.source = source
    self.seed = seed
  }

  /// Version `number` of an image, in the size of the image.
  /// - Parameter isUpright: whether the image was turned as its EXIF orientation says, as its stylised versions then are.
  /// - Throws: `ImageError` for a picture that cannot be read.
  func version(
    _ number: Int, of image: Image, isUpright: Bool, sample index: Int, epoch: Int
  ) throws -> Image {
    switch source {
    case .pictures(let pictures, let transfers):
      var generator = draws(number, index, epoch)
      let style = try pictures.style(generator.nextInteger(below: pictures.count))
      return try transfers.reduce(image) { try $1($0, style: style) }
    case .stylised(let images):
      let files = images.files[index]
      var generator = draws(0, index, epoch)
      // One after the other, from a random one on: no version occurs twice before each has occurred once.
      let place = (generator.nextInteger(below: files.count) + number) % files.count
      return try Image.decodeRGB(path: files[place], isUpright: isUpright)
        .resized(width: image.width, height: image.height)
    }
  }

  private func draws(_ number: Int, _ index: Int, _ epoch: Int) -> AddressedGenerator {
    AddressedGenerator(seed: seed, for: .styledView(number, sample: index, epoch: epoch))
  }
}
