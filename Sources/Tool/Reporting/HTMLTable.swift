/// A table of texts: the first row is the head, the first column names the rows.
struct HTMLTable {
  let head: [String]
  let rows: [[String]]

  var html: String {
    let headCells = head.map { "<th scope=\"col\">\($0.escaped)</th>" }.joined()
    let body = rows.map { row in
      let name = row.prefix(1).map { "<th scope=\"row\">\($0.escaped)</th>" }.joined()
      return "<tr>\(name)\(row.dropFirst().map { "<td>\($0.escaped)</td>" }.joined())</tr>"
    }
    return """
      <div class="wide"><table><thead><tr>\(headCells)</tr></thead><tbody>
      \(body.joined(separator: "\n"))
      </tbody></table></div>
      """
  }
}
