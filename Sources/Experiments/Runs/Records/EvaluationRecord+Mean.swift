extension [EvaluationRecord] {
  /// The mean main figure of evaluations, which chooses checkpoints, trials and rates where they are of held-out synthetic sets; nil for
  /// none.
  package var meanHeadline: Double? {
    isEmpty ? nil : map(\.headline).reduce(0, +) / Double(count)
  }
}
