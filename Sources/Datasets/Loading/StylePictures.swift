import Imaging
import Synchronization

/// Pictures that styles are taken from, each read once and kept small: colours and low frequencies need no more.
public final class StylePictures: Sendable {
  /// The shorter side of a picture that is kept, in pixels, at most: about 0.3 MB a picture.
  static let shorterSide = 256

  /// The number of pictures.
  public var count: Int { files.count }
  private let files: [String]
  private let kept: Mutex<[Int: Image]>

  /// The pictures in `files`, none read yet.
  public init(_ files: [String]) {
    self.files = files
    kept = Mutex([:])
  }

  /// Picture `index`, RGB.
  /// - Throws: `ImageError` for a file that cannot be read.
  func picture(_ index: Int) throws -> Image {
    if let picture = kept.withLock({ $0[index] }) { return picture }
    var picture = try Image.decodeRGB(path: files[index])
    if min(picture.width, picture.height) > Self.shorterSide {
      picture = try picture.resized(shorterSide: Self.shorterSide)
    }
    kept.withLock { $0[index] = picture }
    return picture
  }
}
