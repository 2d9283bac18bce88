extension ComparisonTable {
  /// A table of texts, of which the first two columns hold words.
  package struct Texts {
    /// What the table says, in sentences.
    package let sentences: [String]
    /// The names of the columns.
    package let columns: [String]
    /// The rows.
    package let rows: [[String]]
  }

  /// The figures of the systems.
  package var figures: Texts {
    Texts(sentences: head, columns: columns, rows: rows.map { $0.map { $0.text() } })
  }

  /// The differences from the first system with their intervals and tests; nil for one seed or one system.
  package var tests: Texts? {
    let table = DifferenceTable(differences)
    return table.head.map { Texts(sentences: [$0], columns: table.columns, rows: table.rows) }
  }
}
