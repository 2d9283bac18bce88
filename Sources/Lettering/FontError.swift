/// Why text cannot be drawn.
public enum FontError: Error, Equatable, Sendable, CustomStringConvertible {
  /// FreeType cannot open a font.
  case unreadable(path: String, code: Int32)
  /// A size that the font does not have, in pixels.
  case badSize(Int)

  /// What, where, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let code):
      "\(path): cannot be opened as a font (FreeType error \(code)); install the Debian package fonts-dejavu-core, or "
        + "give another font"
    case .badSize(let size):
      "the font cannot be drawn \(size) pixels high; choose 4 to 400"
    }
  }
}
