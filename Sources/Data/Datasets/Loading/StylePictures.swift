import Imaging
import Synchronization

/// Pictures from which styles are taken; each is read once and kept small, which is enough for colours and low frequencies.
public final class StylePictures: Sendable {
  /// The longest shorter side, in pixels, of a picture that is kept: about 0.3 MB per picture.
  static let shorterSide = 256

  /// The number of pictures.
  public var count: Int { files.count }
  private let files: [String]
  private let kept: Mutex<[Int: Style]>

  /// The pictures in `files`; none is read yet.
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
