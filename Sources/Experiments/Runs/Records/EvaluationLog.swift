import Foundation

/// The evaluations that a run has made so far.
package struct EvaluationLog {
  /// The records in the order in which they were made.
  package private(set) var records: [EvaluationRecord]

  /// A log of records.
  package init(_ records: [EvaluationRecord] = []) {
    self.records = records
  }

  package mutating func append(_ record: EvaluationRecord) {
    records.append(record)
  }

  /// Removes the records made after exactly `iteration` steps, so that the network can be evaluated again.
  package mutating func removeAll(at iteration: Int) {
    records.removeAll { $0.iteration == iteration }
  }

  /// The records made after exactly `iteration` steps.
  package func records(at iteration: Int) -> [EvaluationRecord] {
    records.filter { $0.iteration == iteration }
  }

  /// The number of steps after which the rule's figure was best; the earliest if several are equal.
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
