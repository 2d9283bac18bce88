/// A table of texts: the first row is the head, the first column names the rows.
struct HTMLTable {
  let head: [String]
  let rows: [[String]]

  var html: HTML {
    let headCells = head.map { "<th scope=\"col\">\($0)</th>" as HTML }
    let body = rows.map { row -> HTML in
      let name = row.prefix(1).map { "<th scope=\"row\">\($0)</th>" as HTML }
      let cells = row.dropFirst().map { "<td>\($0)</td>" as HTML }
      return "<tr>\(Self.joined(name + cells))</tr>"
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Table"><table class="runs"><thead><tr>\(Self.joined(headCells))</tr></thead><tbody>
      \(body)
      </tbody></table></div>
      """
  }

  private static func joined(_ cells: [HTML]) -> HTML {
    HTML(ofProgram: cells.map(\.source).joined())
  }
}
