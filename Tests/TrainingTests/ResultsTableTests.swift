import Foundation
import Testing
import Training

@Suite struct ResultsTableTests {
  @Test func methodsStandInTheirOrderWithMeanAndDeviation() throws {
    let runs = try [
      results("vanilla", seed: 0, classMean: 0.5, seconds: 10),
      results("csg", seed: 0, classMean: 0.75, seconds: 20),
      results("vanilla", seed: 1, classMean: 0.7, seconds: 12),
    ]
    #expect(
      ResultsTable.text(runs) == """
        Checkpoints: selected on held-out synthetic images. Seeds: 0, 1.
        Accuracies in %, of the mean over classes and overall; lower energy (HSE) means more diverse features.
        method   images   class mean     overall           HSE 0          HSE 1          HSE 2  seconds
        -------  ------  -----------  ----------  --------------  -------------  -------------  -------
        vanilla  photos  60.0 ± 14.1  25.0 ± 0.0  -0.250 ± 0.000  1.000 ± 0.000  1.500 ± 0.000   11 ± 1
                 more    60.0 ± 14.1  25.0 ± 0.0               –              –              –
        csg      photos         75.0        25.0          -0.250          1.000          1.500       20
                 more           75.0        25.0               –              –              –

        """)
  }

  /// A run on two data sets, whose figures on the second lack the energy.
  private func results(
    _ method: String, seed: Int, classMean: Double, seconds: Double
  ) throws -> RunResults {
    func evaluation(_ name: String, _ hse: String) -> String {
      """
      {"iteration": 5, "dataset": "Data/\(name)", "domain": "real", "images": 4, "skipped": 0,
       "mean_class_accuracy": \(classMean), "accuracy": 0.25, "class_accuracies": {"a": 1},
       "confusion": [[1]], "selection": "source"\(hse)}
      """
    }
    let energy = #", "hse": {"0": -0.25, "1": 1, "2": 1.5}"#
    let json = """
      {"method": "\(method)", "seed": \(seed), "selection": "source",
       "selection_label": "selected on held-out synthetic images", "iteration": 5, "iterations": 9,
       "seconds": \(seconds), "skipped": 0,
       "evaluations": [\(evaluation("photos", energy)), \(evaluation("more", ""))]}
      """
    return try JSONDecoder().decode(RunResults.self, from: Data(json.utf8))
  }
}
