import Runs
import Tables
import Generalization

/// The columns of a comparison, and how the figures of a system fill them.
struct ComparisonLayout {
  private let isSegmentation: Bool
  private let hasDifferences: Bool
  private let datasets: [String]

  init(_ runs: [RunResults], hasDifferences: Bool) {
    isSegmentation = runs.contains(where: \.isOfSegmenter)
    self.hasDifferences = hasDifferences
    datasets = runs.first?.headlines.map(\.dataset) ?? []
  }

  /// What the figures mean, in one sentence.
  var units: String {
    let measures =
      isSegmentation
      ? "Intersection over union in %, mean over classes, and accuracy of all pixels"
      : "Accuracies in %, of the mean over classes and overall"
    return "\(measures); lower energy (HSE) means more diverse features."
  }

  /// The data sets with their names in the table.
  var namedDatasets: [(path: String, name: String)] {
    zip(datasets, PathNames.short(datasets)).map { ($0, $1) }
  }

  var columns: [String] {
    let measures = isSegmentation ? ["mean IoU", "pixels"] : ["class mean", "overall"]
    let figures =
      [measures[0]] + (hasDifferences ? ["difference"] : []) + [measures[1]]
      + HypersphericalEnergy.Power.allCases.map(\.title)
    return ["method", "images"] + figures + ["seconds"]
  }

  /// One row per data set; the first row also shows the system's name and its seconds.
  func rows(
    _ system: ComparisonTable.System, baseline: ComparisonTable.System?
  ) -> [[TableCell]] {
    let seconds = figure(system.runs.map(\.seconds), digits: 0)
    if datasets.isEmpty {
      let empty = [TableCell](repeating: .text("–"), count: columns.count - 2)
      return [[.text(system.name)] + empty + [seconds]]
    }
    return zip(datasets, PathNames.short(datasets)).enumerated().map { index, names in
      let records = system.runs.compactMap { $0.record(of: names.0) }
      let headline = records.map { 100 * $0.headline }
      let difference = baseline.map { baseline in
        TableCell.figure(
          Spread(system.pairs(with: baseline, on: names.0).map { 100 * $0.difference }), digits: 1,
          isSigned: true)
      }
      let energies = HypersphericalEnergy.Power.allCases.map { power in
        figure(records.compactMap { $0.hse?[power] }, digits: 3)
      }
      return [.text(index == 0 ? system.name : ""), .text(names.1), figure(headline, digits: 1)]
        + (hasDifferences ? [difference ?? .text("")] : [])
        + [figure(records.map { 100 * $0.accuracy }, digits: 1)] + energies
        + [index == 0 ? seconds : .text("")]
    }
  }

  /// The row with the published figures of a system.
  func publishedRow(_ entry: PublishedFigures.Entry, dataset: String) -> [TableCell] {
    let name = zip(datasets, PathNames.short(datasets)).first { $0.0 == dataset }?.1 ?? dataset
    let energies = HypersphericalEnergy.Power.allCases.map { power in
      TableCell.published(entry.energies[power], digits: 4)
    }
    return [.text("  published"), .text(name), .published(entry.headline, digits: 2)]
      + (hasDifferences ? [.text("")] : []) + [.text("")] + energies + [.text("")]
  }

  private func figure(_ values: [Double], digits: Int) -> TableCell {
    .figure(Spread(values), digits: digits, isSigned: false)
  }
}
