/// The batches of a part of a run, in order. Each is computed when it is reached, so a run of any length holds the order
/// of only one epoch at a time.
public struct BatchPlan: Sequence, IteratorProtocol, Sendable {
  private let order: BatchOrder
  private let end: Int
  private var iteration: Int
  private var epoch: (number: Int, samples: [Int])?

  /// The batches of `order` from the iteration `start` to before `end`, both counted over the whole run.
  init(_ order: BatchOrder, from start: Int, to end: Int) {
    self.order = order
    self.end = end
    iteration = start
  }

  /// The samples of the next batch and their epoch; nil after the last batch.
  public mutating func next() -> (epoch: Int, indices: [Int])? {
    guard iteration < end, order.batchesPerEpoch > 0 else { return nil }
    let (number, batch) = iteration.quotientAndRemainder(dividingBy: order.batchesPerEpoch)
    let samples: [Int]
    if let epoch, epoch.number == number {
      samples = epoch.samples
    } else {
      epoch = nil
      samples = order.samples(epoch: number)
      epoch = (number, samples)
    }
    iteration += 1
    let first = batch * order.batchSize
    return (number, Array(samples[first..<first + order.batchSize]))
  }
}
