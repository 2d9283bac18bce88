/// One line of `metrics.jsonl` as it is read: an iteration, and all numbers that were recorded for it.
///
/// Methods name their own figures, so that a reader takes whatever numbers there are.
package struct StepRecord: Decodable, Sendable {
  /// The step's number, from 0.
  package let iteration: Int
  /// The numbers by name; lists, such as the indices of a batch, are left out.
  package let figures: [String: Double]

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: FigureName.self)
    iteration = try container.decode(Int.self, forKey: FigureName("iteration"))
    var figures: [String: Double] = [:]
    for name in container.allKeys {
      figures[name.stringValue] = try? container.decode(Double.self, forKey: name)
    }
    self.figures = figures
  }
}
