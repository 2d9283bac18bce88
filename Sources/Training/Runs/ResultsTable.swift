import Foundation

/// Runs side by side: rows for each method, a data set each; mean ± standard deviation over the seeds.
public enum ResultsTable {
  /// The table as text, with the selection rules in its head.
  public static func text(_ runs: [RunResults]) -> String {
    let rules = Set(runs.map(\.selectionLabel)).sorted().joined(separator: "; ")
    let seeds = Set(runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
    let head = [
      "Checkpoints: \(rules). Seeds: \(seeds).",
      "Accuracies in %, of the mean over classes and overall; lower energy (HSE) means more diverse features.",
    ]
    let header = [
      "method", "images", "class mean", "overall", "HSE 0", "HSE 1", "HSE 2", "seconds",
    ]
    let body = methods(of: runs).flatMap { method in
      rows(of: runs.filter { $0.method == method }, method)
    }
    return (head + TextTable.lines([header] + body, names: 2)).map { $0 + "\n" }.joined()
  }

  private static func methods(of runs: [RunResults]) -> [String] {
    runs.map(\.method).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A row for each data set; the method and its seconds stand in the first.
  private static func rows(of runs: [RunResults], _ method: String) -> [[String]] {
    let datasets = runs.first?.evaluations.map(\.dataset) ?? []
    let seconds = spread(runs.map(\.seconds), digits: 0)
    if datasets.isEmpty { return [[method, "–", "–", "–", "–", "–", "–", seconds]] }
    return zip(datasets, shortNames(datasets)).enumerated().map { index, names in
      let records = runs.compactMap { run in run.evaluations.first { $0.dataset == names.0 } }
      let energies = ["0", "1", "2"].map { power in
        spread(records.compactMap { $0.hse?[power] }, digits: 3)
      }
      return [index == 0 ? method : "", names.1]
        + [
          spread(records.map { 100 * $0.meanClassAccuracy }, digits: 1),
          spread(records.map { 100 * $0.accuracy }, digits: 1),
        ] + energies + [index == 0 ? seconds : ""]
    }
  }

  /// The paths without the folders that all of them share.
  private static func shortNames(_ paths: [String]) -> [String] {
    var parts = paths.map { $0.split(separator: "/") }
    while let first = parts.first?.first,
      parts.allSatisfy({ $0.count > 1 && $0.first == first })
    {
      parts = parts.map { Array($0.dropFirst()) }
    }
    return parts.map { $0.joined(separator: "/") }
  }

  /// `mean ± standard deviation`, the latter of the sample; the value alone where there is one.
  private static func spread(_ values: [Double], digits: Int) -> String {
    guard let first = values.first else { return "–" }
    guard values.count > 1 else { return String(format: "%.\(digits)f", first) }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(values.count - 1)).squareRoot()
    return String(format: "%.\(digits)f ± %.\(digits)f", mean, deviation)
  }
}
