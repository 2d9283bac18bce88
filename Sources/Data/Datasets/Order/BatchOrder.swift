/// Which samples make up each batch of an epoch.
public struct BatchOrder: Sendable, Equatable {
  /// The number of samples of the data set.
  public let sampleCount: Int
  /// The samples of a batch; a last, smaller batch is dropped.
  public let batchSize: Int
  /// The seed of the shuffle; nil for the order of the data set.
  public let shuffleSeed: UInt64?
  /// The class or domain of each sample where every one is drawn equally often; nil where every sample is drawn once an epoch.
  let balancedLabels: [Int]?

  /// An order that draws every sample once an epoch.
  public init(sampleCount: Int, batchSize: Int, shuffleSeed: UInt64?) {
    self.sampleCount = sampleCount
    self.batchSize = batchSize
    self.shuffleSeed = shuffleSeed
    balancedLabels = nil
  }

  /// An order that draws every class, or every domain, equally often.
  ///
  /// An epoch has as many batches as without balance, but holds the samples of a rare class several times and leaves out some of
  /// a frequent one; each class goes on in the next epoch where it stopped.
  /// - Parameter labels: the class or domain of each sample, at least 0.
  public init(balancing labels: [Int], batchSize: Int, shuffleSeed: UInt64?) {
    sampleCount = labels.count
    self.batchSize = batchSize
    self.shuffleSeed = shuffleSeed
    balancedLabels = labels
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
      generator.shuffle(&order)
    }
    return order
  }
}
