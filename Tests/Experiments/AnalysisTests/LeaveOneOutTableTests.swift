import Analysis
import Foundation
import Runs
import Testing

@Suite struct LeaveOneOutTableTests {
  @Test func theAverageIsOfTheDomainsSeedBySeed() throws {
    let table = ComparisonTable(leavingOut: [
      (
        "art",
        [
          .init(name: "vanilla", runs: try [run(seed: 0, 0.5), run(seed: 1, 0.7)]),
          .init(name: "csg", runs: try [run(seed: 0, 0.9, selection: "target")]),
        ]
      ),
      (
        "photo",
        [
          .init(
            name: "vanilla", runs: try [run(seed: 0, 0.9), run(seed: 1, 0.9), run(seed: 2, 0.1)]),
          .init(name: "csg", runs: try [run(seed: 0, 0.8, selection: "target")]),
        ]
      ),
    ])
    #expect(
      table.text == """
        Each domain is left out in its turn: the others are trained on, it is judged on.
        Accuracy over all images of the domain that was left out, in %. Seeds: 0, 1, 2.
        The average is that of the domains, seed by seed.
        method   checkpoint                                  art        photo     average
        -------  ----------------------------------  -----------  -----------  ----------
        vanilla  training-domain validation          60.0 ± 14.1  63.3 ± 46.2  75.0 ± 7.1
        csg      oracle: the left-out domain itself         90.0         80.0        85.0

        """)
    #expect(table.csv.contains("vanilla,training-domain validation,60.0,"))
  }

  /// A run whose held-out figures of training domains are far from those of the domain that was left out.
  private func run(
    seed: Int, _ accuracy: Double, selection: String = "source"
  ) throws -> RunResults {
    func evaluation(_ domain: String, _ accuracy: Double) -> String {
      """
      {"iteration": 5, "dataset": "\(domain)", "domain": "\(domain)", "images": 4, "skipped": 0,
       "mean_class_accuracy": 0.01, "accuracy": \(accuracy), "class_accuracies": {"a": 1},
       "confusion": [[1]], "selection": "\(selection)"}
      """
    }
    let json = """
      {"method": "vanilla", "seed": \(seed), "selection": "\(selection)", "selection_label": "x",
       "iteration": 5, "iterations": 9, "seconds": 1, "skipped": 0,
       "evaluations": [\(evaluation("synthetic", 1)), \(evaluation("unseen", accuracy))]}
      """
    return try JSONDecoder().decode(RunResults.self, from: Data(json.utf8))
  }
}
