import Foundation

/// Runs side by side: a row for each method, mean ± standard deviation over its seeds.
public enum ResultsTable {
  /// The table as text, with the selection rules in its head.
  public static func text(_ runs: [RunResults]) -> String {
    let rules = Set(runs.map(\.selectionLabel)).sorted().joined(separator: "; ")
    let seeds = Set(runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
    let head = [
      "Checkpoints: \(rules). Seeds: \(seeds).",
      "Accuracies in %: mean over classes (overall). Lower energy (HSE) means more diverse features.",
    ]
    let rows = [header(runs)] + methods(of: runs).map { row($0, runs) }
    return (head + TextTable.lines(rows)).map { $0 + "\n" }.joined()
  }

  private static func methods(of runs: [RunResults]) -> [String] {
    runs.map(\.method).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func datasets(of runs: [RunResults]) -> [String] {
    runs.first?.evaluations.map(\.dataset) ?? []
  }

  private static func header(_ runs: [RunResults]) -> [String] {
    let names = datasets(of: runs).map(shortName)
    return ["method"] + names.flatMap { [$0, "HSE 0", "HSE 1", "HSE 2"] } + ["seconds"]
  }

  private static func row(_ method: String, _ runs: [RunResults]) -> [String] {
    let own = runs.filter { $0.method == method }
    let cells = datasets(of: runs).flatMap { dataset in
      let records = own.compactMap { run in run.evaluations.first { $0.dataset == dataset } }
      let classMean = spread(records.map { 100 * $0.meanClassAccuracy }, digits: 1)
      let overall = spread(records.map { 100 * $0.accuracy }, digits: 1)
      let energies = ["0", "1", "2"].map { power in
        spread(records.compactMap { $0.hse?[power] }, digits: 3)
      }
      return ["\(classMean) (\(overall))"] + energies
    }
    return [method] + cells + [spread(own.map(\.seconds), digits: 0)]
  }

  /// The last two folders of a path: enough to know a data set by.
  private static func shortName(_ path: String) -> String {
    path.split(separator: "/").suffix(2).joined(separator: "/")
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
