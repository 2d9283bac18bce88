import Analysis
import Runs
import Tables

/// The runs of one system of a comparison, which differ in their seeds.
struct ReportedSystem {
  let name: String
  /// Its place among the systems, which decides its colour.
  let index: Int
  let runs: [ReportedRun]

  /// Runs by their system, in the order of their first run: folders `NAME-seedSEED` belong to the system NAME, any other folder is
  /// a system of its own.
  static func grouped(_ runs: [ReportedRun], labels: [String]) -> [ReportedSystem] {
    let names = labels.map { label in
      label.wholeMatch(of: /(.+)-seed[0-9]+/).map { String($0.1) } ?? label
    }
    return names.uniqued.enumerated().map { index, name in
      ReportedSystem(
        name: name, index: index, runs: zip(names, runs).filter { $0.0 == name }.map(\.1))
    }
  }

  /// The class of its colour in the style.
  var colour: String { "s\(index % Self.colours)" }

  /// The pattern of its lines, since colours are used again.
  var dashes: HTML {
    let pattern = Self.patterns[index / Self.colours % Self.patterns.count]
    return pattern.isEmpty ? "" : " stroke-dasharray=\"\(pattern)\""
  }

  private static let colours = 8
  private static let patterns = ["", "6 3", "2 3", "8 3 2 3"]

  /// The final figures on the data set of a title, one for each run that has them.
  func finals(titled title: String) -> [EvaluationRecord] {
    runs.compactMap { $0.final(titled: title) }
  }

  /// A figure of the final evaluations over the runs.
  func spread(titled title: String, _ figure: (EvaluationRecord) -> Double?) -> Spread? {
    Spread(finals(titled: title).compactMap(figure))
  }

  /// A figure's difference from the run of another system with the same seed, over the runs.
  func difference(
    from other: ReportedSystem, titled title: String, _ figure: (EvaluationRecord) -> Double?
  ) -> Spread? {
    Spread(
      runs.compactMap { run in
        guard let twin = other.runs.first(where: { $0.seed == run.seed }),
          let own = run.final(titled: title).flatMap(figure),
          let theirs = twin.final(titled: title).flatMap(figure)
        else { return nil }
        return own - theirs
      })
  }
}
