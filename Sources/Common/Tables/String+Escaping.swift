import Messages

extension String {
  /// The words as LaTeX prints them, on one line.
  ///
  /// Brackets and stars stand in braces: after the end of a table's row they would be its arguments.
  package var escapedForLatex: String {
    unicodeScalars.compactMap(\.visible).reduce(into: "") { result, scalar in
      switch scalar {
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "<": result += "\\textless{}"
      case ">": result += "\\textgreater{}"
      case "{", "}", "$", "&", "#", "%", "_": result += "\\" + String(scalar)
      case "[", "]", "*": result += "{" + String(scalar) + "}"
      case "–": result += "--"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// The words as Markdown shows them in a cell of a table.
  package var escapedForMarkdown: String {
    unicodeScalars.compactMap(\.visible).reduce(into: "") { result, scalar in
      if ["\\", "|", "<", "`", "[", "*"].contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
  }
}
