import Foundation
import Runs
import Tables

extension ComparisonTable {
  /// The table in aligned columns.
  public var text: String {
    let lines = TextTable.lines([columns] + rows.map { $0.map { $0.text() } }, names: 2)
    let details = table.head.map { head in
      ["", head.visible] + TextTable.lines([table.columns] + table.rows, names: 2)
    }
    let below = statements.isEmpty ? [] : [""] + statements
    return (head + lines + (details ?? []) + below).map { $0 + "\n" }.joined()
  }

  /// The table as Markdown.
  public var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(\.escapedForMarkdown).joined(separator: " | ") + " |"
    }
    func lines(_ columns: [String], _ rows: [[String]]) -> [String] {
      [line(columns), line(columns.indices.map { $0 < 2 ? "---" : "---:" })] + rows.map(line)
    }
    let details = table.head.map { head in
      ["", head.escapedForMarkdown, ""] + lines(table.columns, table.rows)
    }
    let below = statements.isEmpty ? [] : [""] + statements.map { "* " + $0.escapedForMarkdown }
    let main = lines(columns, rows.map { $0.map { $0.text() } })
    let all = head.map(\.escapedForMarkdown) + [""] + main + (details ?? []) + below
    return all.map { $0 + "\n" }.joined()
  }

  /// The table as LaTeX, for the package `booktabs`; the sentences stand in comments.
  public var latex: String {
    func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }
    func tabular(_ columns: [String], _ rows: [[String]]) -> [String] {
      let alignment = columns.indices.map { $0 < 2 ? "l" : "r" }.joined()
      return ["\\begin{tabular}{\(alignment)}", "\\toprule"]
        + [line(columns.map(\.escapedForLatex)), "\\midrule"] + rows.map(line)
        + ["\\bottomrule", "\\end{tabular}"]
    }
    let details = table.head.map { head in
      ["% " + head.visible]
        + tabular(table.columns, table.rows.map { $0.map(\.escapedForLatex) })
    }
    let lines =
      head.map { "% " + $0 } + tabular(columns, rows.map { $0.map(Self.latex) })
      + (details ?? []) + statements.map { "% " + $0 }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The table as comma-separated values: mean, standard deviation and number of runs of each figure.
  public var csv: String {
    let names =
      columns.prefix(2)
      + columns.dropFirst(2).flatMap { [$0, "\($0) deviation", "\($0) runs"] }
    var system = ""
    let lines = rows.map { row in
      // Every line names its system.
      if case .text(let name) = row[0], !name.isEmpty { system = name }
      return [system] + [row[1].text()] + row.dropFirst(2).flatMap(Self.values)
    }
    return CommaSeparated.text([Array(names)] + lines)
  }

  /// The differences with their statistics, as comma-separated values in percentage points.
  public var differencesCSV: String { table.csv }

  private var table: DifferenceTable { DifferenceTable(differences) }

  private static func values(_ cell: TableCell) -> [String] {
    switch cell {
    case .figure(let spread?, _, _):
      ["\(spread.mean)", spread.deviation.map { "\($0)" } ?? "", "\(spread.count)"]
    case .published(let value?, _): ["\(value)", "", ""]
    case .text, .figure, .published: ["", "", ""]
    }
  }

  private static func latex(_ cell: TableCell) -> String {
    if case .text(let words) = cell { return words.escapedForLatex }
    return cell.text(plusMinus: " $\\pm$ ").replacing("–", with: "--")
  }

  /// Writes the table into a folder as `comparison.txt`, `.csv`, `.md` and `.tex`, and the differences as `differences.csv`.
  /// - Throws: `TrainingError.cannotWrite`.
  public func write(into folder: RunFolder) throws {
    for (suffix, text) in [("txt", text), ("csv", csv), ("md", markdown), ("tex", latex)] {
      try folder.write(Data(text.utf8), to: "\(folder.path)/comparison.\(suffix)")
    }
    try folder.write(Data(differencesCSV.utf8), to: "\(folder.path)/differences.csv")
  }
}
