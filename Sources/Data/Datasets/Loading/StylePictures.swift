import Imaging
import Synchronization

/// Pictures that styles are taken from, each read once and kept small: colours and low frequencies need no more.
public final class StylePictures: Sendable {
  /// The shorter side of a picture that is kept, in pixels, at most: about 0.3 MB a picture.
  static let shorterSide = 256

  /// The number of pictures.
  public var count: Int { files.count }
  private let files: [String]
  private let kept: Mutex<[Int: Style]>

  /// The pictures in `files`, none read yet.
  public init(_ files: [String]) {
    self.files = files
    kept = Mutex([:])
  }

  /// The style of picture `index`.
  /// - Throws: `ImageError` for a file that cannot be read.
  func style(_ index: Int) throws -> Style {
    if let style = kept.withLock({ $0[index] }) { return style }
    let style = try namingPicture(files[index]) {
      var picture = try Image.decodeRGB(path: files[index])
      if min(picture.width, picture.height) > Self.shorterSide {
        picture = try picture.resized(shorterSide: Self.shorterSide)
      }
      return try Style(picture)
    }
    kept.withLock { $0[index] = style }
    return style
  }
}
