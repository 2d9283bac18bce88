/// The figures of one training step: one line of `metrics.jsonl`.
public struct StepMetrics: Sendable {
  /// The step's number, from 0.
  public let iteration: Int
  /// The epoch of its batch, from 0.
  public let epoch: Int
  /// The learning rate before the factors of parameter groups.
  public let learningRate: Double
  /// The loss and its terms.
  public let losses: StepLosses
  /// The size of the batch divided by the time since the last step.
  public let imagesPerSecond: Double
  /// The samples of the batch, if they are to be logged.
  public let indices: [Int]?

  /// The figures of a step.
  public init(
    iteration: Int, epoch: Int, learningRate: Double, losses: StepLosses, imagesPerSecond: Double,
    indices: [Int]? = nil
  ) {
    self.iteration = iteration
    self.epoch = epoch
    self.learningRate = learningRate
    self.losses = losses
    self.imagesPerSecond = imagesPerSecond
    self.indices = indices
  }
}

extension StepMetrics: Encodable {
  /// Encodes the figures under the names that scripts read (the article RunFolder.md).
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: FigureName.self)
    try container.encode(iteration, forKey: FigureName("iteration"))
    try container.encode(epoch, forKey: FigureName("epoch"))
    try container.encode(learningRate, forKey: FigureName("lr"))
    try container.encode(losses.total, forKey: FigureName("loss"))
    try container.encode(losses.task, forKey: FigureName("loss_task"))
    for term in losses.terms {
      try container.encode(term.value, forKey: FigureName("loss_\(term.name)"))
    }
    for figure in losses.figures {
      try container.encode(figure.value, forKey: FigureName(figure.name))
    }
    try container.encode(imagesPerSecond, forKey: FigureName("images_per_second"))
    try container.encodeIfPresent(indices, forKey: FigureName("indices"))
  }
}
