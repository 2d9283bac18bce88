import Foundation

/// The evaluations that a run has made so far.
package struct EvaluationLog {
  /// In the order they were made.
  package private(set) var records: [EvaluationRecord] = []

  /// Those of a run folder's file made after at most `iteration` steps, none where there is no file; half a line
  /// at the end, left by a killed process, is passed over.
  package init(contentsOf path: String, upTo iteration: Int) {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    records = data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      try? JSONDecoder().decode(EvaluationRecord.self, from: Data(line))
    }
    .filter { $0.iteration <= iteration }
  }

  package mutating func append(_ record: EvaluationRecord) {
    records.append(record)
  }

  /// Those made after exactly `iteration` steps.
  package func records(at iteration: Int) -> [EvaluationRecord] {
    records.filter { $0.iteration == iteration }
  }

  /// The number of steps after which the rule's figure was best, the earliest of equals.
  package func best(by rule: SelectionRule) -> Int? {
    let iterations = Set(records.map(\.iteration)).sorted()
    if rule == .last { return iterations.last }
    var best: (iteration: Int, figure: Double)?
    for iteration in iterations {
      let judged = records(at: iteration).filter { ($0.domain == .synthetic) == (rule == .source) }
      guard !judged.isEmpty else { continue }
      let figure = judged.map(\.headline).reduce(0, +) / Double(judged.count)
      if figure > best?.figure ?? -1 { best = (iteration, figure) }
    }
    return best?.iteration
  }
}
