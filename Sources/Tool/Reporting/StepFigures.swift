/// One line of `metrics.jsonl`: an iteration and all numbers recorded for it.
struct StepFigures: Decodable {
  let iteration: Double
  /// The numbers by name; lists, such as the indices of a batch, are left out.
  let figures: [String: Double]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    iteration = try container.decode(Double.self, forKey: Key(stringValue: "iteration"))
    var figures: [String: Double] = [:]
    for key in container.allKeys {
      figures[key.stringValue] = try? container.decode(Figure.self, forKey: key).value
    }
    self.figures = figures
  }
}
