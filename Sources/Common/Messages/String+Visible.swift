extension String {
  /// The text on one line, without what would be obeyed where names are shown.
  ///
  /// Line breaks and tabs become spaces. Other control characters, marks that turn the direction of writing and scalars
  /// that stand for no character are left out: a terminal, an SVG or a page obeys or refuses them. Goes by scalars, since
  /// one of them can be a part of a `Character`.
  public var visible: String {
    var scalars = UnicodeScalarView()
    scalars.append(contentsOf: unicodeScalars.compactMap(\.visible))
    return String(scalars)
  }
}

extension Unicode.Scalar {
  /// What is shown of the scalar on a line: itself, a space for a break, or nothing.
  public var visible: Unicode.Scalar? {
    switch properties.generalCategory {
    case .lineSeparator, .paragraphSeparator: " "
    case .control: properties.isWhitespace ? " " : nil
    default: properties.isBidiControl || properties.isNoncharacterCodePoint ? nil : self
    }
  }
}
