import Imaging
import Synchronization

/// Pictures from which styles are taken; each is read small, which is enough for colours and low frequencies, and as many are kept
/// as fit into a budget of memory. The others are read again each time.
public final class StylePictures: Sendable {
  /// The longest shorter side, in pixels, of a picture that is kept: about 0.3 MB per picture.
  static let shorterSide = 256

  /// The styles that are kept.
  private struct Kept {
    var styles: [Int: Style] = [:]
    var byteCount = 0
  }

  /// The number of pictures.
  public var count: Int { files.count }
  private let files: [String]
  private let budget: Int
  private let kept = Mutex(Kept())

  /// The pictures in `files`; none is read yet.
  /// - Parameter budget: the number of bytes that the kept pictures do not exceed: some 3000 of them by default.
  public init(_ files: [String], budget: Int = 1_000_000_000) {
    self.files = files
    self.budget = budget
  }

  /// The style of picture `index`.
  /// - Throws: `ImageError` for a file that cannot be read.
  func style(_ index: Int) throws -> Style {
    if let style = kept.withLock({ $0.styles[index] }) { return style }
    let (style, byteCount) = try read(index)
    kept.withLock { kept in
      // Another thread may have read it meanwhile.
      guard kept.styles[index] == nil, kept.byteCount + byteCount <= budget else { return }
      kept.styles[index] = style
      kept.byteCount += byteCount
    }
    return style
  }

  /// A style, and the number of bytes of its picture.
  private func read(_ index: Int) throws -> (style: Style, byteCount: Int) {
    try namingPicture(files[index]) {
      var picture = try Image.decodeRGB(path: files[index])
      if min(picture.width, picture.height) > Self.shorterSide {
        picture = try picture.resized(shorterSide: Self.shorterSide)
      }
      return (try Style(picture), picture.pixels.count)
    }
  }
}
