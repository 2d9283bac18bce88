/// Why text cannot be drawn.
public enum FontError: Error, Equatable, Sendable, CustomStringConvertible {
  /// FreeType cannot open a font.
  case unreadable(path: String, code: Int32)
  /// The font does not have this size, in pixels.
  case badSize(Int)
  /// The font has no such character.
  case noCharacter(Unicode.Scalar, path: String)
  /// FreeType cannot render a character in the requested shape.
  case notRendered(Unicode.Scalar, path: String, code: Int32)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let code):
      "\(path): cannot be opened as a font (FreeType error \(code)); install the Debian package fonts-dejavu-core, or "
        + "give another font"
    case .badSize(let size):
      "the font cannot be drawn \(size) pixels high; choose 4 to 400"
    case .noCharacter(let character, let path):
      "\(path): the font has no '\(character)'; give another font"
    case .notRendered(let character, let path, let code):
      "\(path): '\(character)' cannot be rendered in this shape (FreeType error \(code)); choose a smaller change of it"
    }
  }
}
