import Analysis

/// The tables of the comparison with the sentences that say how they are to be read, and what they show.
struct ComparisonSection: ReportSection {
  static let title = "Comparison"
  private let table: ComparisonTable?

  init(_ content: ReportContent) { table = content.table }

  var body: HTML? {
    table.map { table in
      let statements = table.statements.map { "<li>\($0)</li>" as HTML }
      let conclusions: HTML? =
        statements.isEmpty ? nil : "<ul class=\"statements\">\(statements)</ul>"
      return """
        \(conclusions)
        \(html(table.figures))
        \(table.tests.map(html))
        """
    }
  }

  private func html(_ texts: ComparisonTable.Texts) -> HTML {
    """
    \(ResultTable(head: texts.columns, rows: texts.rows).html)
    <ul class="note">\(texts.sentences.map { "<li>\($0)</li>" as HTML })</ul>
    """
  }
}
