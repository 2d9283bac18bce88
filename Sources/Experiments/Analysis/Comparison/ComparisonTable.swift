import Messages
import Runs

/// Runs side by side: rows for each system, a data set each; mean ± standard deviation over the seeds.
public struct ComparisonTable {
  /// A system of the comparison with its runs, one a seed.
  public struct System {
    /// What the table calls it.
    public let name: String
    /// Its runs.
    public let runs: [RunResults]
    /// What was published of it.
    public let published: PublishedFigures.Entry?

    /// A system.
    public init(name: String, runs: [RunResults], published: PublishedFigures.Entry? = nil) {
      self.name = name
      self.runs = runs
      self.published = published
    }
  }

  /// Sentences that stand above: the selection rule, the seeds, the units.
  let head: [String]
  /// The names of the columns; the first two are words, the rest figures.
  let columns: [String]
  /// The rows, a cell a column.
  let rows: [[TableCell]]

  /// The table of `systems`, the first of which the others are compared with, seed by seed.
  /// - Parameter published: where the published figures come from, and which data set they are of.
  public init(_ systems: [System], published: PublishedFigures? = nil) {
    let runs = systems.flatMap(\.runs)
    let layout = ComparisonLayout(runs, hasDifferences: systems.count > 1)
    let rules = Set(runs.map(\.selectionLabel)).sorted().joined(separator: "; ")
    let seeds = Set(runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
    var head = ["Checkpoints: \(rules). Seeds: \(seeds).", layout.units]
    if let baseline = systems.first, systems.count > 1 {
      head.append("Differences from \(baseline.name) are of runs with the same seed.")
    }
    var rows: [[TableCell]] = []
    for (index, system) in systems.enumerated() {
      let baseline = index > 0 ? systems.first?.runs : nil
      rows += layout.rows(system, baseline: baseline)
      if let published, let entry = system.published {
        rows.append(layout.publishedRow(entry, dataset: published.dataset))
      }
    }
    if let published, systems.contains(where: { $0.published != nil }) {
      head.append("Published: \(published.source).")
    }
    // Each is one line: in LaTeX it stands in a comment, which a line break would end.
    self.head = head.map(\.visible)
    columns = layout.columns
    self.rows = rows
  }

  /// The table of runs by their methods' names.
  public init(of runs: [RunResults]) {
    let names = runs.map(\.method).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    self.init(names.map { name in System(name: name, runs: runs.filter { $0.method == name }) })
  }
}
