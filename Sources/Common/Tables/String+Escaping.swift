import Messages

extension String {
  /// The text on one line, escaped so that LaTeX prints it as it is.
  ///
  /// Brackets and stars are put in braces: after the end of a table's row LaTeX would take them for arguments.
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

  /// The text, escaped so that Markdown shows it as it is in a cell of a table.
  package var escapedForMarkdown: String {
    unicodeScalars.compactMap(\.visible).reduce(into: "") { result, scalar in
      if ["\\", "|", "<", "`", "[", "*", "_", "~", "&"].contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
  }
}
