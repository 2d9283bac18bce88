/// The batches of a part of a run, in order. Each is computed when it is reached, so a run of any length holds the order
/// of only one epoch at a time.
public struct BatchPlan: Sequence, IteratorProtocol, Sendable {
  private let order: BatchOrder
  private let end: Int
  private var iteration: Int
  private var epoch: (number: Int, samples: [Int])?
  private var classes: ClassOrder?

  /// The batches of `order` from the iteration `start` to before `end`, both counted over the whole run.
  init(_ order: BatchOrder, from start: Int, to end: Int) {
    self.order = order
    self.end = end
    iteration = start
    classes = order.balancedLabels.map { ClassOrder(labels: $0, seed: order.shuffleSeed) }
  }

  /// The samples of the next batch and their epoch; nil after the last batch.
  public mutating func next() -> PlannedBatch? {
    guard iteration < end, order.batchesPerEpoch > 0 else { return nil }
    let (number, batch) = iteration.quotientAndRemainder(dividingBy: order.batchesPerEpoch)
    defer { iteration += 1 }
    if let drawn = drawnByClass() {
      return PlannedBatch(
        epoch: number, indices: drawn.map(\.index), passes: drawn.map(\.pass))
    }
    let samples: [Int]
    if let epoch, epoch.number == number {
      samples = epoch.samples
    } else {
      epoch = nil
      samples = order.samples(epoch: number)
      epoch = (number, samples)
    }
    let first = batch * order.batchSize
    return PlannedBatch(epoch: number, indices: Array(samples[first..<first + order.batchSize]))
  }

  /// The samples of the present batch in the order of classes; nil where classes are not balanced.
  private mutating func drawnByClass() -> [(index: Int, pass: Int)]? {
    guard var classes else { return nil }
    // One copy of the order alone, or every pass would be copied before it is changed.
    self.classes = nil
    let drawn = (0..<order.batchSize).map { position in
      // No run gets so far that the places begin again.
      classes.sample(at: (iteration &* order.batchSize &+ position) & .max)
    }
    self.classes = classes
    return drawn
  }
}
