/// The images of a step's batch that this process computes, where several processes share it.
public struct BatchShare: Sendable, Equatable {
  /// The processes.
  public let group: ProcessGroup
  /// The places of the images in the whole batch.
  public let images: Range<Int>
  /// The number of images of the whole batch.
  public let total: Int

  /// A share of `images` of a batch of `total`.
  public init(_ images: Range<Int>, of total: Int, in group: ProcessGroup) {
    self.images = images
    self.total = total
    self.group = group
  }

  /// The part of the batch that this share is, in (0, 1].
  public var part: Double { Double(images.count) / Double(total) }

  /// The rows of this share in a tensor of all images of the batch.
  public func rows(of whole: Tensor) throws(TorchError) -> Tensor {
    try whole.narrowed(0, images)
  }
}

extension BatchShare {
  /// The rows of all images of the batch, of which `own` are those of this share; the gradient of a row is the sum of what every
  /// process makes of it.
  public func whole(of own: Tensor) throws(TorchError) -> Tensor {
    let others = [Int](repeating: 0, count: 2 * (own.rank - 1))
    return try own.padded(others + [images.lowerBound, total - images.upperBound])
      .summed(over: group)
  }
}
