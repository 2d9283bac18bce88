import Generalization
import Runs

/// How every system of a comparison differs from the first one, on every data set.
struct ComparisonDifferences {
  /// The differences, system by system in the order of the table.
  let all: [SystemDifference]

  /// The differences of `systems` from the first, on data sets by their paths and their names in the table.
  init(_ systems: [ComparisonTable.System], _ datasets: [(path: String, name: String)]) {
    guard let baseline = systems.first else {
      all = []
      return
    }
    let others = systems.dropFirst()
    var found: [String: [SystemDifference]] = [:]
    for dataset in datasets {
      let pairs = others.map { $0.pairs(with: baseline, on: dataset.path) }
      let energies = Self.energies(
        of: others, baseline, on: dataset.path, counts: pairs.map(\.count))
      let figures = pairs.map { PairedDifference($0.map(\.difference)) }
      // The first system is compared with each of the others: that many tests are made at once.
      let corrected = HolmCorrection.corrected(of: figures)
      for (place, system) in others.enumerated() {
        guard let pair = figures[place] else { continue }
        found[system.name, default: []].append(
          SystemDifference(
            system: system.name, baseline: baseline.name, dataset: dataset.path,
            images: dataset.name, seeds: pairs[place].map(\.seed),
            differences: pairs[place].map(\.difference), figures: pair,
            bootstrap: system.bootstrap(
              with: baseline, on: dataset.path, seeds: pairs[place].map(\.seed)),
            correctedPValue: corrected[place], energy: energies[place]))
      }
    }
    all = others.flatMap { found[$0.name] ?? [] }
  }

  /// How the energies of systems differ; nil for those of which a run has none.
  /// - Parameter counts: the number of each system's runs that have a twin.
  private static func energies(
    of systems: some Collection<ComparisonTable.System>, _ baseline: ComparisonTable.System,
    on dataset: String, counts: [Int]
  ) -> [EnergyDifference?] {
    let differences = zip(systems, counts).map { system, count in
      let known = system.pairs(with: baseline, on: dataset) { $0.hse?[.zero] }
      return known.count == count ? known.map(\.difference) : []
    }
    let figures = differences.map { PairedDifference($0) }
    let corrected = HolmCorrection.corrected(of: figures)
    return figures.enumerated().map { place, figures in
      figures.map {
        EnergyDifference(
          differences: differences[place], figures: $0, correctedPValue: corrected[place])
      }
    }
  }
}

extension ComparisonTable.System {
  /// A figure of each run minus that of the run of `baseline` with the same seed, where both have it.
  func pairs(
    with baseline: ComparisonTable.System, on dataset: String,
    of figure: (EvaluationRecord) -> Double? = { $0.headline }
  ) -> [(seed: UInt64, difference: Double)] {
    runs.compactMap { run in
      guard let own = run.record(of: dataset).flatMap(figure),
        let other = baseline.runs.first(where: { $0.seed == run.seed })?.record(of: dataset)
          .flatMap(figure)
      else { return nil }
      return (run.seed, own - other)
    }
  }

  /// The interval over seeds and images; nil where the predictions of a run are not known, or one pair alone is.
  fileprivate func bootstrap(
    with baseline: ComparisonTable.System, on dataset: String, seeds: [UInt64]
  ) -> ClosedRange<Double>? {
    let pairs = seeds.compactMap { seed -> (own: ImageOutcomes, other: ImageOutcomes)? in
      guard let own = outcomes[seed]?[dataset], let other = baseline.outcomes[seed]?[dataset] else {
        return nil
      }
      return (own, other)
    }
    guard pairs.count == seeds.count else { return nil }
    return PairedBootstrap(pairs)?.interval()
  }
}

extension RunResults {
  /// The record of a data set that counts.
  func record(of dataset: String) -> EvaluationRecord? {
    headlines.first { $0.dataset == dataset }
  }
}
