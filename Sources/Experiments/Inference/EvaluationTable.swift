import Foundation
import Messages
import Runs
import Tables
import Generalization

/// An evaluation as a table for people to read.
public enum EvaluationTable {
  /// The figures by class, their mean, overall accuracy and energy.
  public static func text(_ record: EvaluationRecord) -> String {
    let energies = HypersphericalEnergy.Power.allCases.compactMap { power in
      record.hse?[power].map { [power.title, String(format: "%.4f", $0)] }
    }
    let skipped = record.skipped > 0 ? ", \(record.skipped) unreadable and left out" : ""
    let head = "\(record.dataset.visible): \(record.images) images\(skipped)"
    let lines =
      if let meanIoU = record.meanIoU, let classIoUs = record.classIoUs {
        [["class", "IoU"]] + rows(classIoUs) + [
          ["mean IoU", percent(meanIoU)], ["pixel accuracy", percent(record.accuracy)],
        ]
      } else {
        [["class", "accuracy"]] + rows(record.classAccuracies) + [
          ["mean of classes", percent(record.meanClassAccuracy)],
          ["overall", percent(record.accuracy)],
        ]
      }
    let judged = record.judgedClasses.map { [$0.visible] } ?? []
    let more = energies + probabilities(record)
    return ([head] + judged + TextTable.lines(lines + more)).map { $0 + "\n" }.joined()
  }

  /// What is known of the probabilities, of a reject option, and of unknown images.
  private static func probabilities(_ record: EvaluationRecord) -> [[String]] {
    var rows: [[String]] = []
    if let figures = record.probabilities {
      rows.append(["calibration error, raw", percent(figures.error)])
      if let error = figures.calibratedError, let temperature = figures.temperature {
        let name = String(format: "calibration error at temperature %.3f", temperature)
        rows.append([name, percent(error)])
      }
    }
    if let rejection = record.rejection {
      let rule = "\(rejection.score.rawValue) ≥ \(rejection.threshold)"
      rows.append(["accepted at \(rule)", percent(rejection.coverage)])
      rows.append(["accuracy of the accepted", rejection.accuracy.map(percent) ?? "–"])
    }
    for unknown in record.unknown ?? [] {
      let name = "against \(unknown.images) of \(unknown.folder)"
      rows.append(["AUROC \(name), softmax", percent(unknown.softmaxArea)])
      rows.append(["AUROC \(name), energy", percent(unknown.energyArea)])
      if let accepted = unknown.accepted {
        rows.append(["accepted of \(unknown.folder)", percent(accepted)])
      }
    }
    return rows
  }

  private static func rows(_ values: [String: Double]) -> [[String]] {
    values.sorted { $0.key < $1.key }.map { [$0.key, percent($0.value)] }
  }

  private static func percent(_ value: Double) -> String {
    String(format: "%.1f %%", 100 * value)
  }
}
