import Imaging

/// Versions of every training image in the styles of other pictures, drawn anew in every epoch (Yue et al., ICCV 2019).
public struct StyledViews: Sendable {
  /// The views before this one have their own draws: query and key.
  private static let firstView = 2

  /// The versions of each image.
  public let count: Int
  private let pictures: [String]
  private let transfers: [StyleTransfer]
  private let seed: UInt64

  /// `count` versions of each image.
  /// - Parameters:
  ///   - pictures: the files that styles are taken from; at least one.
  ///   - transfers: what is taken over, one after the other.
  ///   - seed: of the draws.
  public init(count: Int, pictures: [String], transfers: [StyleTransfer], seed: UInt64) {
    self.count = count
    self.pictures = pictures
    self.transfers = transfers
    self.seed = seed
  }

  /// Version `number` of an image.
  /// - Throws: `ImageError` for a picture of a style that cannot be read.
  func version(
    _ number: Int, of image: Image, sample index: Int, epoch: Int
  ) throws -> Image {
    var generator = AddressedGenerator(
      seed: seed, epoch: epoch, sample: index, view: Self.firstView + number)
    let style = try Image.decodeRGB(path: pictures[generator.nextInteger(below: pictures.count)])
    return try transfers.reduce(image) { try $1($0, style: style) }
  }
}
