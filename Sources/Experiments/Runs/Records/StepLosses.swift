/// The values of the loss terms in one step.
public struct StepLosses: Sendable {
  /// The total loss, which was minimised.
  public let total: Double
  /// The task loss.
  public let task: Double
  /// The method's unweighted terms (`nce_layer3`), in a fixed order.
  public let terms: [(name: String, value: Double)]
  /// The method's other figures (`nce_top1_layer3`).
  public let figures: [(name: String, value: Double)]

  /// The task loss and the terms, by name.
  package var summands: [(name: String, value: Double)] { [("task", task)] + terms }

  /// `loss_task = …, loss_nce_layer3 = …`.
  package var summary: String {
    summands.map { "loss_\($0.name) = \($0.value)" }.joined(separator: ", ")
  }

  /// The values of a step.
  public init(
    total: Double, task: Double, terms: [(name: String, value: Double)],
    figures: [(name: String, value: Double)]
  ) {
    self.total = total
    self.task = task
    self.terms = terms
    self.figures = figures
  }

  /// The same with more figures at the end.
  package func adding(_ others: [(name: String, value: Double)]) -> StepLosses {
    StepLosses(total: total, task: task, terms: terms, figures: figures + others)
  }
}
