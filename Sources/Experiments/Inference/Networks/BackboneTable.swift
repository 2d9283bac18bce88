import Backbones
import Runs
import Tables

/// The backbones for a person or a script to read.
public enum BackboneTable {
  /// A row a backbone, then where the weights come from and how pixels are scaled.
  public static func text(_ summaries: [BackboneSummary]) -> String {
    let head =
      ["backbone", "parameters"] + (summaries.first?.stages ?? []).map(heading) + ["weights"]
    let rows = summaries.map { summary in
      [summary.name.rawValue, "\(summary.parameters)"]
        + summary.stages.map { "\($0.channels)" }
        + [summary.weightsPath == nil ? "not found" : "found"]
    }
    let notes = summaries.flatMap { summary in
      [
        "",
        "\(summary.name.rawValue): \(summary.name.weightsFile), from \(summary.name.weightsSource)",
        "  pixels − \(summary.pixelScaling.mean), ÷ \(summary.pixelScaling.standardDeviation)",
      ] + (summary.weightsPath.map { ["  \($0)"] } ?? [])
    }
    let lines =
      ["Channels of each stage's feature map, with its stride /s."]
      + TextTable.lines([head] + rows) + notes
    return lines.map { $0 + "\n" }.joined()
  }

  /// All summaries as a JSON array.
  public static func json(_ summaries: [BackboneSummary]) throws -> String {
    String(decoding: try JSONFormat.document(summaries), as: UTF8.self)
  }

  private static func heading(_ stage: BackboneSummary.StageSummary) -> String {
    "\(stage.name) /\(stage.stride)"
  }
}
