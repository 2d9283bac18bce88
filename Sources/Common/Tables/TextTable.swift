import Messages

/// Cells in aligned columns.
package enum TextTable {
  /// The lines of a table whose first row is its header; the first `names` columns are aligned to the left, the others
  /// (numbers) to the right.
  package static func lines(_ rows: [[String]], names: Int = 1) -> [String] {
    let rows = rows.map { $0.map(\.visible) }
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let lines = rows.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column < names ? cell + padding : padding + cell
      }.joined(separator: "  ").replacing(/\ +$/, with: "")
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    return Array(lines.prefix(1)) + [rule] + lines.dropFirst()
  }
}
