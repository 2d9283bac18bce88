/// A part of the report with a heading of its own.
protocol ReportSection {
  /// The heading.
  static var title: String { get }
  /// What it shows of the runs.
  init(_ content: ReportContent)
  /// What is below the heading; nil where the runs have nothing of the kind.
  var body: HTML? { get }
}

extension ReportSection {
  /// The name that links lead to.
  static var anchor: String { title.lowercased().split(separator: " ").joined(separator: "-") }
}
