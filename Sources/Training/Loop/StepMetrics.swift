/// The figures of one training step: a line of `metrics.jsonl`.
public struct StepMetrics: Sendable, Equatable {
  /// The step's number, from 0.
  public let iteration: Int
  /// The epoch of its batch, from 0.
  public let epoch: Int
  /// The learning rate before group factors.
  public let learningRate: Double
  /// What was minimised.
  public let loss: Double
  /// The task loss alone.
  public let taskLoss: Double
  /// The method's unweighted terms (`nce_layer3`), in a fixed order.
  public let terms: [(name: String, value: Double)]
  /// The method's other figures (`nce_top1_layer3`).
  public let figures: [(name: String, value: Double)]
  /// The batch's size over the time since the last step.
  public let imagesPerSecond: Double
  /// The samples of the batch, where they are asked for.
  public let indices: [Int]?

  /// The same step at a measured speed.
  func timed(imagesPerSecond: Double) -> StepMetrics {
    StepMetrics(
      iteration: iteration, epoch: epoch, learningRate: learningRate, loss: loss,
      taskLoss: taskLoss, terms: terms, figures: figures, imagesPerSecond: imagesPerSecond,
      indices: indices)
  }

  /// Equal in everything that a seed determines: the speed does not count.
  public static func == (a: StepMetrics, b: StepMetrics) -> Bool {
    a.iteration == b.iteration && a.epoch == b.epoch && a.learningRate == b.learningRate
      && a.loss == b.loss && a.taskLoss == b.taskLoss
      && a.terms.elementsEqual(b.terms, by: ==) && a.figures.elementsEqual(b.figures, by: ==)
      && a.indices == b.indices
  }
}

extension StepMetrics: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// By the names that DESIGN.md fixes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(iteration, forKey: Key("iteration"))
    try container.encode(epoch, forKey: Key("epoch"))
    try container.encode(learningRate, forKey: Key("lr"))
    try container.encode(loss, forKey: Key("loss"))
    try container.encode(taskLoss, forKey: Key("loss_task"))
    for term in terms { try container.encode(term.value, forKey: Key("loss_\(term.name)")) }
    for figure in figures { try container.encode(figure.value, forKey: Key(figure.name)) }
    try container.encode(imagesPerSecond, forKey: Key("images_per_second"))
    try container.encodeIfPresent(indices, forKey: Key("indices"))
  }
}
