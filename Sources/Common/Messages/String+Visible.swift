extension String {
  /// The text on one line, without characters that a program that shows it would obey.
  ///
  /// Line breaks and tabs become spaces. Other control characters, marks that turn the direction of writing and scalars
  /// that stand for no character are left out, because a terminal, an SVG or a page would obey or refuse them. The text is
  /// examined scalar by scalar, since such a scalar can be a part of a `Character`.
  public var visible: String {
    var scalars = UnicodeScalarView()
    scalars.append(contentsOf: unicodeScalars.compactMap(\.visible))
    return String(scalars)
  }
}

extension Unicode.Scalar {
  /// What a line shows for the scalar: the scalar itself, a space for a line break, or nothing.
  public var visible: Unicode.Scalar? {
    switch properties.generalCategory {
    case .lineSeparator, .paragraphSeparator: " "
    case .control: properties.isWhitespace ? " " : nil
    default: properties.isBidiControl || properties.isNoncharacterCodePoint ? nil : self
    }
  }
}
