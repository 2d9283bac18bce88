import Torch

/// The last K keys of a stage, the negatives of its InfoNCE loss (He et al. 2020; ALGORITHM.md §3).
public struct KeyQueue {
  /// The keys as columns, D×K.
  public let keys: Tensor
  /// The column that the next key goes to.
  public let position: Int

  /// A queue of `capacity` random normal columns scaled to norm 1.
  public init(dimension: Int, capacity: Int, generator: Generator) throws(TorchError) {
    keys = try Tensor.normal([dimension, capacity], generator: generator).normalized(0)
    position = 0
  }

  /// A queue that goes on from saved columns and position.
  public init(keys: Tensor, position: Int) throws(TorchError) {
    guard keys.rank == 2, (0..<keys.shape[1]).contains(position) else {
      throw TorchError(
        operation: "KeyQueue", message: "position \(position) is not a column of the queue",
        operands: [keys.signature])
    }
    self.keys = keys
    self.position = position
  }

  /// The number of keys kept, K.
  public var capacity: Int { keys.shape[1] }

  /// The queue after the rows of `newKeys` (N×D) were written over the oldest columns, in order.
  ///
  /// A new tensor, since the backward pass still needs the negatives of the step.
  public func enqueueing(_ newKeys: Tensor) throws(TorchError) -> KeyQueue {
    let count = newKeys.shape[0]
    let columns = try newKeys.detached().transposed()
    let replaced = try keys.clone()
    var next = position
    var written = 0
    while written < count {
      let length = min(count - written, capacity - next)
      try replaced.narrowed(1, next..<next + length)
        .copyInPlace(columns.narrowed(1, written..<written + length))
      next = (next + length) % capacity
      written += length
    }
    return try KeyQueue(keys: replaced, position: next)
  }

  /// The queue with its columns on `device`.
  public func moved(to device: Device) throws(TorchError) -> KeyQueue {
    try KeyQueue(keys: keys.moved(to: device), position: position)
  }
}
