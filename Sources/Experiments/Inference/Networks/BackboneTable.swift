import Backbones
import Runs
import Tables

/// The list of backbones, as text for people and as JSON for scripts.
public enum BackboneTable {
  /// One row per backbone, then where the weights come from and how pixels are scaled.
  public static func text(_ summaries: [BackboneSummary]) -> String {
    // A backbone need not have every stage.
    let stages = Stage.allCases.filter { stage in
      summaries.contains { $0.stages.contains { $0.name == stage.description } }
    }
    let head =
      ["backbone", "parameters"] + stages.map(\.description) + ["weights"]
    let rows = summaries.map { summary in
      [summary.name, "\(summary.parameters)"]
        + stages.map { stage in
          summary.stages.first { $0.name == stage.description }.map {
            "\($0.channels) /\($0.stride)"
          } ?? "–"
        } + [summary.weights == nil ? "none" : summary.weightsPath == nil ? "not found" : "found"]
    }
    let notes = summaries.flatMap { summary in
      [
        "",
        "\(summary.name): "
          + (summary.weights.map { "\($0.file), from \($0.source)" } ?? "no published weights"),
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
}
