import Foundation
import Runs
import Tables

extension ComparisonTable {
  /// The table in aligned columns.
  public var text: String {
    let lines = TextTable.lines([columns] + rows.map { $0.map { $0.text() } }, names: 2)
    return (head + lines).map { $0 + "\n" }.joined()
  }

  /// The table as Markdown.
  public var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(\.escapedForMarkdown).joined(separator: " | ") + " |"
    }
    let rule = columns.indices.map { $0 < 2 ? "---" : "---:" }
    let lines = [line(columns), line(rule)] + rows.map { line($0.map { $0.text() }) }
    return (head.map(\.escapedForMarkdown) + [""] + lines).map { $0 + "\n" }.joined()
  }

  /// The table as LaTeX, for the package `booktabs`; the head stands in comments.
  public var latex: String {
    func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }
    let alignment = columns.indices.map { $0 < 2 ? "l" : "r" }.joined()
    let body = rows.map { row in
      line(row.map(Self.latex))
    }
    let lines =
      head.map { "% " + $0 } + ["\\begin{tabular}{\(alignment)}", "\\toprule"]
      + [line(columns.map(\.escapedForLatex)), "\\midrule"] + body
      + ["\\bottomrule", "\\end{tabular}"]
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

  /// Writes the table into a folder as `comparison.txt`, `.csv`, `.md` and `.tex`.
  /// - Throws: `TrainingError.cannotWrite`.
  public func write(into folder: RunFolder) throws {
    for (suffix, text) in [("txt", text), ("csv", csv), ("md", markdown), ("tex", latex)] {
      try folder.write(Data(text.utf8), to: "\(folder.path)/comparison.\(suffix)")
    }
  }
}
