import Foundation
import Runs

/// The list of methods, as text for people and as JSON for scripts.
public enum MethodTable {
  /// Every method with its settings, one setting per line.
  public static func text(_ summaries: [MethodSummary]) -> String {
    summaries.map { summary in
      let head = "\(summary.name): \(summary.summary)"
      return ([head] + summary.settings.map(line)).map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }

  /// All summaries as a JSON array.
  public static func json(_ summaries: [MethodSummary]) throws -> String {
    String(decoding: try JSONFormat.document(summaries), as: UTF8.self)
  }

  private static func line(_ setting: MethodSummary.SettingSummary) -> String {
    "  \(setting.key): \(standard(setting)); \(setting.kind). \(setting.help)"
  }

  /// The default; where tasks differ, that of the first task, then those of the others.
  private static func standard(_ setting: MethodSummary.SettingSummary) -> String {
    let tasks = TaskName.allCases.map(\.rawValue)
    guard let first = tasks.first.flatMap({ setting.standard[$0] }) else { return "" }
    let others = tasks.dropFirst().compactMap { task in
      setting.standard[task].flatMap { $0 == first ? nil : "\(task) \($0)" }
    }
    return ([first.description] + others).joined(separator: ", ")
  }
}
