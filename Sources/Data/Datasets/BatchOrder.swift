import Imaging

/// Which samples make up each batch of an epoch.
public struct BatchOrder: Sendable, Equatable {
  /// The number of samples of the data set.
  public let sampleCount: Int
  /// The samples of a batch; a last, smaller batch is dropped.
  public let batchSize: Int
  /// The seed of the shuffle; nil for the order of the data set.
  public let shuffleSeed: UInt64?

  /// An order.
  public init(sampleCount: Int, batchSize: Int, shuffleSeed: UInt64?) {
    self.sampleCount = sampleCount
    self.batchSize = batchSize
    self.shuffleSeed = shuffleSeed
  }

  /// The batches of one epoch.
  public var batchesPerEpoch: Int { sampleCount / batchSize }

  /// The batches of a run from the iteration `start` to before `end`, both at least 0.
  public func batches(from start: Int = 0, to end: Int) -> BatchPlan {
    BatchPlan(self, from: start, to: end)
  }

  /// All samples in the order of `epoch`.
  func samples(epoch: Int) -> [Int] {
    var order = Array(0..<sampleCount)
    if let shuffleSeed {
      var generator = AddressedGenerator(seed: shuffleSeed, for: .sampleOrder(epoch: epoch))
      for last in stride(from: sampleCount - 1, to: 0, by: -1) {
        order.swapAt(last, generator.nextInteger(below: last + 1))
      }
    }
    return order
  }
}
