import Messages
import Runs
import Tables

/// Runs side by side: for each system one row per data set, with mean ± standard deviation over the seeds.
public struct ComparisonTable {
  /// A system of the comparison with its runs, one per seed.
  public struct System {
    /// The name of the system in the table.
    public let name: String
    /// Its runs.
    public let runs: [RunResults]
    /// The figures published for it.
    public let published: PublishedFigures.Entry?
    /// Which images were recognised, by seed and data set, where that is known.
    package let outcomes: [UInt64: [String: ImageOutcomes]]

    /// A system.
    public init(name: String, runs: [RunResults], published: PublishedFigures.Entry? = nil) {
      self.init(name: name, runs: runs, published: published, outcomes: [:])
    }

    /// A system of which is known, by seed and data set, which images were recognised.
    package init(
      name: String, runs: [RunResults], published: PublishedFigures.Entry? = nil,
      outcomes: [UInt64: [String: ImageOutcomes]]
    ) {
      self.name = name
      self.runs = runs
      self.published = published
      self.outcomes = outcomes
    }
  }

  /// Sentences above the table: the selection rule, the seeds, the units.
  let head: [String]
  /// How every system but the first differs from the first, data set by data set.
  public let differences: [SystemDifference]
  /// What the differences say, in sentences.
  public let statements: [String]
  /// The names of the columns; the first two hold words, the others hold figures.
  let columns: [String]
  /// The rows, each with one cell per column.
  let rows: [[TableCell]]

  /// The table of `systems`; the others are compared with the first, seed by seed.
  /// - Parameter published: where the published figures come from, and which data set they belong to.
  public init(_ systems: [System], published: PublishedFigures? = nil) {
    let runs = systems.flatMap(\.runs)
    let layout = ComparisonLayout(runs, hasDifferences: systems.count > 1)
    let rules = Set(runs.map(\.selectionLabel)).sorted().joined(separator: "; ")
    let seeds = Set(runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
    var head = ["Checkpoints: \(rules). Seeds: \(seeds).", layout.units]
    head += Self.remarks(on: systems)
    if let baseline = systems.first, systems.count > 1 {
      head.append("Differences from \(baseline.name) are of runs with the same seed.")
    }
    var rows: [[TableCell]] = []
    for (index, system) in systems.enumerated() {
      let baseline = index > 0 ? systems.first : nil
      rows += layout.rows(system, baseline: baseline)
      if let published, let entry = system.published {
        rows.append(layout.publishedRow(entry, dataset: published.dataset))
      }
    }
    if let published, systems.contains(where: { $0.published != nil }) {
      head.append("Published: \(published.source).")
    }
    let judged = Set(
      runs.flatMap(\.evaluations).compactMap { record in
        record.judgedClasses.map { "\(record.dataset): \($0)." }
      })
    head += judged.sorted()
    // Each sentence stays on one line: in LaTeX it is a comment, which a line break would end.
    self.head = head.map(\.visible)
    differences = ComparisonDifferences(systems, layout.namedDatasets).all
    statements = DifferenceTable(differences).statements.map(\.visible)
    columns = layout.columns
    self.rows = rows
  }

  /// What the figures of some runs are of, and what these runs warn of.
  private static func remarks(on systems: [System]) -> [String] {
    let averages = Set(systems.flatMap(\.runs).compactMap(\.average?.label)).sorted()
    let averaged = systems.filter { $0.runs.contains { $0.average != nil } }
    var remarks: [String] = []
    if !averages.isEmpty {
      let which =
        averaged.count == systems.count ? "" : " of " + averaged.map(\.name).joined(separator: ", ")
      remarks.append(
        "Figures\(which) are of averaged weights (\(averages.joined(separator: "; "))).")
    }
    for system in systems {
      for run in system.runs {
        for warning in run.warnings ?? [] {
          remarks.append("Warning, \(system.name), seed \(run.seed): \(warning.message).")
        }
      }
    }
    return remarks
  }

  /// The table of runs by their methods' names.
  public init(of runs: [RunResults]) {
    self.init(
      runs.map(\.method).uniqued.map { name in
        System(name: name, runs: runs.filter { $0.method == name })
      })
  }
}
