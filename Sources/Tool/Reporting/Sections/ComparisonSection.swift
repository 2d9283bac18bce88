import Analysis

/// The table of the comparison with the sentences that say how it is to be read.
struct ComparisonSection: ReportSection {
  static let title = "Comparison"
  private let table: ComparisonTable?

  init(_ content: ReportContent) { table = content.table }

  var body: HTML? {
    table.map { table in
      let sentences = table.sentences.map { "<li>\($0)</li>" as HTML }
      return """
        \(ResultTable(head: table.columnNames, rows: table.texts).html)
        <ul class="note">\(sentences)</ul>
        """
    }
  }
}
