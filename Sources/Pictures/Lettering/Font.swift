import CFreeType
import Imaging

/// A font that draws lines of text onto pictures, with FreeType.
public final class Font {
  /// The path of DejaVu Sans in the Debian package fonts-dejavu-core.
  public static let standardPath = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

  let path: String
  let library: FT_Library
  let face: FT_Face

  /// The font in a file, with letters of `size` pixels height.
  /// - Throws: `FontError` for a file that is not a font.
  public init(path: String = Font.standardPath, size: Int) throws(FontError) {
    guard (4...400).contains(size) else { throw .badSize(size) }
    var library: FT_Library?
    var code = FT_Init_FreeType(&library)
    guard code == 0, let library else { throw .unreadable(path: path, code: code) }
    var face: FT_Face?
    code = FT_New_Face(library, path, 0, &face)
    guard code == 0, let face else {
      FT_Done_FreeType(library)
      throw .unreadable(path: path, code: code)
    }
    code = FT_Set_Pixel_Sizes(face, 0, FT_UInt(size))
    self.path = path
    self.library = library
    self.face = face
    guard code == 0 else { throw .unreadable(path: path, code: code) }
  }

  deinit {
    FT_Done_Face(face)
    FT_Done_FreeType(library)
  }

  /// The pixels between the baselines of two lines.
  public var lineHeight: Int { Int(face.pointee.size.pointee.metrics.height) / 64 }

  /// The pixels from a line's top to its baseline.
  public var ascent: Int { Int(face.pointee.size.pointee.metrics.ascender) / 64 }

  /// The width of a line of text, in pixels.
  public func width(of text: String) -> Int {
    var width = 0
    forEachGlyph(of: text) { glyph in width += Int(glyph.advance.x) / 64 }
    return width
  }

  /// An RGB picture with a line of text on it; everything outside of the picture is left out.
  ///
  /// - Parameters:
  ///   - x: the column where the line begins.
  ///   - y: the row of its top.
  ///   - color: red, green and blue.
  /// - Throws: `ImageError.invalidArgument` for a picture or a colour that does not have three channels.
  public func drawing(
    _ text: String, onto image: Image, x: Int, y: Int, color: [UInt8]
  ) throws(ImageError) -> Image {
    guard image.channels == 3, color.count == 3 else {
      throw .invalidArgument(
        "Text is drawn in 3 samples onto 3 channels, not in \(color.count) onto \(image.channels).")
    }
    var pixels = image.pixels
    var start = x
    forEachGlyph(of: text) { glyph in
      let bitmap = glyph.bitmap
      for row in 0..<Int(bitmap.rows) {
        for column in 0..<Int(bitmap.width) {
          let targetColumn = start + Int(glyph.bitmap_left) + column
          let targetRow = y + ascent - Int(glyph.bitmap_top) + row
          guard (0..<image.width).contains(targetColumn), (0..<image.height).contains(targetRow),
            let coverage = bitmap.buffer?[row * Int(bitmap.pitch) + column], coverage > 0
          else { continue }
          let offset = (targetRow * image.width + targetColumn) * 3
          for channel in 0..<3 {
            let (under, over) = (UInt32(pixels[offset + channel]), UInt32(color[channel]))
            let share = UInt32(coverage)
            pixels[offset + channel] = UInt8((under * (255 - share) + over * share + 127) / 255)
          }
        }
      }
      start += Int(glyph.advance.x) / 64
    }
    return try Image(
      width: image.width, height: image.height, channels: 3, pixels: pixels)
  }

  /// The rendered letters of a text, one after the other; the font's box for missing characters replaces one it lacks.
  private func forEachGlyph(of text: String, _ body: (FT_GlyphSlotRec_) -> Void) {
    for scalar in text.unicodeScalars {
      guard FT_Load_Char(face, FT_ULong(scalar.value), FT_Int32(FT_LOAD_RENDER)) == 0 else {
        continue
      }
      body(face.pointee.glyph.pointee)
    }
  }
}
