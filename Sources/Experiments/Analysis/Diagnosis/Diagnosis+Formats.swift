import Foundation
import Tables
import Generalization

extension Diagnosis {
  /// The figures in two aligned tables: one for features, one for pairs of data sets.
  public var text: String {
    var lines = head + TextTable.lines([Self.columns] + features.map(cells), names: 3)
    if !gaps.isEmpty {
      lines += ["", gapHead] + TextTable.lines([Self.gapColumns] + gaps.map(cells), names: 4)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// All figures as comma-separated values: one line per data set with an empty `reference`, then one line per pair.
  public var csv: String {
    let header =
      ["network", "stage", "dataset", "domain", "images", "skipped", "dimensions"]
      + HypersphericalEnergy.Power.allCases.map { "hse_\($0.rawValue)" }
      + ["uniformity", "alignment", "class_alignment", "effective_rank", "mean_cosine"]
      + ["reference", "mmd_squared", "frechet_distance"]
    let sets = features.map { row in
      let names = [row.network, row.stage, row.dataset, row.domain.rawValue]
      let counts = [row.images, row.skipped, row.dimensions].map(String.init)
      let energies = HypersphericalEnergy.Power.allCases.map { row.hse[$0] }
      let others = [
        row.uniformity, row.alignment, row.classAlignment, row.effectiveRank, row.meanCosine,
      ]
      return names + counts + (energies + others).map(Self.exact) + ["", "", ""]
    }
    let pairs = gaps.map { row in
      [row.network, row.stage, row.dataset] + [String](repeating: "", count: 12)
        + [row.reference, "\(row.squaredMeanDiscrepancy)", "\(row.frechetDistance)"]
    }
    return CommaSeparated.text([header] + sets + pairs)
  }

  private var head: [String] {
    [
      "Features averaged over space; all figures but the effective rank are of features scaled to norm 1.",
      "Energy (HSE) and uniformity: lower means more diverse. Alignment: mean squared distance of two augmented views of "
        + "an image; class alignment: of images of one class.",
    ]
  }

  private var gapHead: String {
    let names = references.map(shortName).joined(separator: ", ")
    let rule =
      areReferencesSynthetic
      ? "\(names), which \(references.count > 1 ? "are" : "is") trained or selected on"
      : "\(names), the first set: no network was trained or selected on any"
    return
      "Distances from \(rule). MMD² is unbiased, with the kernel exp(−d²/m), m the median d² of both sets; Fréchet "
      + "distances compare between networks, not between sets of different sizes."
  }

  private static let columns =
    ["network", "stage", "images", "number"] + HypersphericalEnergy.Power.allCases.map(\.title)
    + ["uniformity", "alignment", "class alignment", "effective rank", "mean cosine"]
  private static let gapColumns = ["network", "stage", "from", "to", "MMD²", "Fréchet"]

  private func cells(_ row: FeatureFigures) -> [String] {
    let energies = HypersphericalEnergy.Power.allCases.map { row.hse[$0] }
    let figures = energies + [row.uniformity, row.alignment, row.classAlignment]
    return [row.network, row.stage, shortName(row.dataset), "\(row.images)"]
      + figures.map { Self.rounded($0) }
      + [Self.rounded(row.effectiveRank, digits: 1), Self.rounded(row.meanCosine)]
  }

  private func cells(_ row: GapFigures) -> [String] {
    [row.network, row.stage, shortName(row.reference), shortName(row.dataset)]
      + [Self.rounded(row.squaredMeanDiscrepancy), Self.rounded(row.frechetDistance)]
  }

  /// A data set's path without the folders that all data sets share.
  public func shortName(_ path: String) -> String {
    let paths = features.map(\.dataset)
    return paths.firstIndex(of: path).map { PathNames.short(paths)[$0] } ?? path
  }

  private static func rounded(_ value: Double?, digits: Int = 4) -> String {
    value.map { String(format: "%.\(digits)f", $0) } ?? "–"
  }

  private static func exact(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
