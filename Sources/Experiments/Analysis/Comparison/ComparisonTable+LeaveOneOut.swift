import Runs
import Tables

extension ComparisonTable {
  /// The table of DomainBed (Gulrajani and Lopez-Paz, ICLR 2021): a column for each domain that was left out in its turn and
  /// judged on while the others were trained on, and their average.
  ///
  /// The figure is the accuracy over all images, as there, or for segmentation the mean IoU. The average is taken over the
  /// domains seed by seed, before mean and deviation over the seeds.
  /// - Parameter parts: each domain with the systems that were trained without it.
  public init(leavingOut parts: [(domain: String, systems: [System])]) {
    let runs = parts.flatMap(\.systems).flatMap(\.runs)
    let isSegmentation = runs.contains { $0.unseen?.meanIoU != nil }
    let seeds = Set(runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
    let figure = isSegmentation ? "Mean intersection over union" : "Accuracy over all images"
    let head = [
      "Each domain is left out in its turn: the others are trained on, it is judged on.",
      "\(figure) of the domain that was left out, in %. Seeds: \(seeds).",
      "The average is that of the domains, seed by seed.",
    ]
    let names = parts.flatMap(\.systems).map(\.name).uniqued
    let rows = names.map { name -> [TableCell] in
      let systems = parts.map { part in part.systems.first { $0.name == name } }
      let values = systems.map { Self.values(of: $0?.runs ?? []) }
      let common = values.reduce(Set(values.first.map { Array($0.keys) } ?? [])) {
        $0.intersection($1.keys)
      }
      let averages = common.sorted().map { seed in
        values.reduce(0) { $0 + ($1[seed] ?? 0) } / Double(max(values.count, 1))
      }
      let rules = Set(systems.flatMap { $0?.runs ?? [] }.map(\.selectionByDomains)).sorted()
      return [.text(name), .text(rules.joined(separator: "; "))]
        + (values.map { $0.sorted { $0.key < $1.key }.map(\.value) } + [averages]).map {
          .figure(Spread($0), digits: 1, isSigned: false)
        }
    }
    self.head = head
    // Those of each domain stand in the table of its own folder.
    differences = []
    statements = []
    columns = ["method", "checkpoint"] + parts.map(\.domain) + ["average"]
    self.rows = rows
  }

  /// The figure of each run on the domain that it was not trained on, in %, by its seed.
  private static func values(of runs: [RunResults]) -> [UInt64: Double] {
    Dictionary(
      runs.compactMap { run in
        run.unseen.map { (run.seed, 100 * ($0.meanIoU ?? $0.accuracy)) }
      }, uniquingKeysWith: { $1 })
  }
}

extension RunResults {
  /// The figures on the domain that was left out.
  fileprivate var unseen: EvaluationRecord? { headlines.first { $0.domain == .unseen } }

  /// The selection rule in DomainBed's words.
  fileprivate var selectionByDomains: String {
    switch SelectionRule(rawValue: selection) {
    case .source: "training-domain validation"
    case .target: "oracle: the left-out domain itself"
    case .last, nil: selectionLabel
    }
  }
}
