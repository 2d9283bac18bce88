/// The samples of a batch before they are read.
public struct PlannedBatch: Sendable, Equatable {
  /// The epoch of the batch, from 0.
  public let epoch: Int
  /// The samples, in order.
  public let indices: [Int]
  /// For each sample the pass through the data that it belongs to: the same sample is augmented differently in each.
  public let passes: [Int]

  /// A batch of samples that all belong to the pass of the epoch.
  public init(epoch: Int, indices: [Int]) {
    self.init(epoch: epoch, indices: indices, passes: indices.map { _ in epoch })
  }

  /// The samples that one of several processes computes: as many as the others', or one more or less, so that the shares of all
  /// in the order of their ranks are the batch.
  public func share(_ rank: Int, of size: Int) -> PlannedBatch {
    guard size > 1 else { return self }
    let places = rank * indices.count / size..<(rank + 1) * indices.count / size
    return PlannedBatch(
      epoch: epoch, indices: Array(indices[places]), passes: Array(passes[places]))
  }

  /// A batch of samples of several passes, one for each sample.
  init(epoch: Int, indices: [Int], passes: [Int]) {
    self.epoch = epoch
    self.indices = indices
    self.passes = passes
  }
}
