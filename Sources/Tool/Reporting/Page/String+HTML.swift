import Messages

extension String {
  /// The text escaped for HTML, for use between tags and in quoted attributes.
  ///
  /// Works on Unicode scalars, as browsers do: a sign joined with a combining mark is one `Character`, which would then not be
  /// escaped.
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
