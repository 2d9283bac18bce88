import Messages

extension String {
  /// The text as it may stand in HTML, between tags and in quoted attributes.
  ///
  /// Goes by scalars, as browsers do: `Character` counts a sign and a mark before or after it as one, which would then
  /// not be escaped.
  var escaped: String {
    unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default: scalar.visible.map { result.unicodeScalars.append($0) }
      }
    }
  }
}
