import Runs

/// Which classes are taken for which: one heat map for each system and data set, summed over its runs.
struct ConfusionSection: ReportSection {
  static let title = "Confusion"
  /// Tables of more classes than this are too large to be read.
  private static let maximumClasses = 60
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var body: HTML? {
    let groups = content.titles.compactMap { title -> HTML? in
      let maps = content.systems.compactMap { map($0, title) }
      guard !maps.isEmpty else { return nil }
      return
        "<h3>\(content.name(of: title))</h3>\n<div class=\"heats\" data-dataset=\"\(title)\">\(maps)</div>"
    }
    guard !groups.isEmpty else { return nil }
    return """
      <p>Rows are true classes, columns what they were taken for, in % of the row, all seeds together.</p>
      \(groups)
      """
  }

  private func map(_ system: ReportedSystem, _ title: String) -> HTML? {
    let records = system.finals(titled: title)
    guard let names = records.first?.classes, !names.isEmpty, names.count <= Self.maximumClasses
    else { return nil }
    var sum = ConfusionMatrix(classes: names.count)
    for record in records where record.classes == names && record.confusion.count == names.count {
      sum.add(record.matrix)
    }
    let head = names.map { "<th scope=\"col\"><span>\($0)</span></th>" as HTML }
    let rows = zip(names, sum.counts).enumerated().map { index, row -> HTML in
      let total = row.1.reduce(0, +)
      let cells = row.1.enumerated().map { column, count in
        cell(count, of: total, isRight: index == column, names[index], names[column])
      }
      return "<tr><th scope=\"row\">\(row.0)</th>\(cells)</tr>"
    }
    return """
      <figure class="heat \(system.colour)" data-system="\(system.index)"><figcaption>\(system.name)</figcaption>
      <div class="wide" tabindex="0" role="group" aria-label="Confusion of \(system.name), \(content.name(of: title))"><table><thead><tr><td></td>\(head)</tr></thead><tbody>
      \(rows)
      </tbody></table></div></figure>
      """
  }

  private func cell(
    _ count: Int, of total: Int, isRight: Bool, _ label: String, _ prediction: String
  ) -> HTML {
    guard total > 0, count > 0 else { return "<td></td>" }
    let share = Double(count) / Double(total)
    let text = share < 0.005 ? "·" : FigureText.number(100 * share, digits: 0)
    let words = "\(label) taken for \(prediction): \(count) of \(total)"
    return """
      <td class="\(isRight ? "right" : "wrong")\(share > 0.55 ? " strong" : "")" \
      style="--share:\(FigureText.number(100 * share, digits: 1))%" title="\(words)" \
      data-class="\(label)" data-predicted="\(prediction)">\(text)</td>
      """
  }
}
