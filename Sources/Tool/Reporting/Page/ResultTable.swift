/// A table of texts whose first two columns hold words. A first cell without text belongs to the row above.
struct ResultTable {
  let head: [String]
  let rows: [[String]]

  var html: HTML {
    let headCells = head.enumerated().map { index, text -> HTML in
      index == 1
        ? "<th scope=\"col\" class=\"words\">\(text)</th>" : "<th scope=\"col\">\(text)</th>"
    }
    let body = rows.map { row -> HTML in
      let kind: HTML = row.first?.isEmpty == false ? " class=\"first\"" : ""
      let cells = row.enumerated().map { index, text -> HTML in
        switch index {
        case 0: "<th scope=\"row\">\(text)</th>"
        case 1: "<td class=\"words\">\(text)</td>"
        default: "<td>\(text)</td>"
        }
      }
      return "<tr\(kind)>\(cells)</tr>"
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Table"><table class="results"><thead><tr>\(headCells)</tr></thead><tbody>
      \(body)
      </tbody></table></div>
      """
  }
}
