import Foundation
import Runs
import Tables

/// The trials of a sweep side by side, the ones that came farthest first.
public struct SweepTable {
  private let record: SweepRecord

  /// The table of a sweep.
  public init(_ record: SweepRecord) {
    self.record = record
  }

  /// The table in aligned columns.
  public var text: String {
    let keys = record.trials.first?.settings.map(\.key) ?? []
    let rounds = record.trials.map(\.ends.count).max() ?? 0
    let head = ["trial"] + keys + (1...max(rounds, 1)).map { "round \($0)" } + [""]
    let rows = ranked.map { trial in
      let figures = (0..<rounds).map { round in
        trial.figures.indices.contains(round)
          ? String(format: "%.1f", 100 * trial.figures[round]) : "–"
      }
      let remark =
        trial.name == record.chosen ? "chosen" : trial.failure == nil ? "" : "failed"
      return [trial.name] + trial.settings.map(\.value) + figures + [remark]
    }
    let lines =
      ["The main figure on held-out synthetic images in %, at the end of each round."]
      + TextTable.lines([head] + rows)
    return lines.map { $0 + "\n" }.joined()
  }

  private var ranked: [SweepRecord.Trial] {
    record.trials.enumerated().sorted { left, right in
      let (own, other) = (left.element.figures, right.element.figures)
      if own.count != other.count { return own.count > other.count }
      if let last = own.last, let rival = other.last, last != rival { return last > rival }
      return left.offset < right.offset
    }.map(\.element)
  }
}
