import Foundation

/// An evaluation for a person to read.
public enum EvaluationTable {
  /// Accuracy by class, their mean, overall accuracy and energy.
  public static func text(_ record: EvaluationRecord) -> String {
    let classes = record.classAccuracies.sorted { $0.key < $1.key }
      .map { [$0.key, percent($0.value)] }
    let summary = [
      ["mean of classes", percent(record.meanClassAccuracy)],
      ["overall", percent(record.accuracy)],
    ]
    let energies = ["0", "1", "2"].compactMap { power in
      record.hse?[power].map { ["HSE \(power)", String(format: "%.4f", $0)] }
    }
    let skipped = record.skipped > 0 ? ", \(record.skipped) unreadable and left out" : ""
    let head = "\(record.dataset): \(record.images) images\(skipped)"
    let table = TextTable.lines([["class", "accuracy"]] + classes + summary + energies)
    return ([head] + table).map { $0 + "\n" }.joined()
  }

  private static func percent(_ value: Double) -> String {
    String(format: "%.1f %%", 100 * value)
  }
}
