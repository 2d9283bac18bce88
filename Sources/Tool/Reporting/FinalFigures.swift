/// The content of `results.json`.
struct FinalFigures: Decodable {
  let method: String
  let seed: UInt64
  /// The selection rule in words.
  let selectionLabel: String
  /// The number of steps before the checkpoint that the rule chose.
  let iteration: Int
  let iterations: Int
  let seconds: Double
  let evaluations: [EvaluationFigures]

  private enum CodingKeys: String, CodingKey {
    case method
    case seed
    case selectionLabel = "selection_label"
    case iteration
    case iterations
    case seconds
    case evaluations
  }
}
