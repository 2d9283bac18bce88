extension ComparisonTable {
  /// The sentences that say how the table is to be read.
  package var sentences: [String] { head }
  /// The names of the columns; the first two hold words, the others hold figures.
  package var columnNames: [String] { columns }
  /// The cells as text, row by row.
  package var texts: [[String]] { rows.map { $0.map { $0.text() } } }
}
