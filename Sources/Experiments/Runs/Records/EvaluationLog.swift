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

  /// The records of some weights made after exactly `iteration` steps; nil stands for those of the last step.
  package func records(at iteration: Int, of weights: StudentWeights?) -> [EvaluationRecord] {
    records(at: iteration).filter { $0.weights == weights }
  }

  /// The number of steps after which the rule's figure was best; the earliest if several are equal.
  /// - Parameter weights: the weights that were judged; nil for those of the last step.
  package func best(by rule: SelectionRule, of weights: StudentWeights? = nil) -> Int? {
    let iterations = iterations(of: weights)
    if rule == .last { return iterations.last }
    var best: (iteration: Int, figure: Double)?
    for iteration in iterations {
      let judged = records(at: iteration, of: weights)
        .filter { ($0.domain == .synthetic) == (rule == .source) }
      guard let figure = judged.meanHeadline else { continue }
      if figure > best?.figure ?? -1 { best = (iteration, figure) }
    }
    return best?.iteration
  }

  /// The number of evaluations since the figure on held-out synthetic images was last better than ever before, of the
  /// student or of its averaged weights.
  package var evaluationsWithoutImprovement: Int {
    let improvements = [nil, StudentWeights.average].compactMap { best(by: .source, of: $0) }
    guard let latest = improvements.max() else { return 0 }
    return iterations(of: nil).count { $0 > latest }
  }

  private func iterations(of weights: StudentWeights?) -> [Int] {
    Set(records.filter { $0.weights == weights }.map(\.iteration)).sorted()
  }
}
