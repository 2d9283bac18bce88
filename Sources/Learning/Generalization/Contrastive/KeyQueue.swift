import Torch

/// The last K keys of a stage, the negatives of its InfoNCE loss (He et al. 2020; Algorithm.md §3).
public struct KeyQueue {
  /// The keys as columns, D×K; the queue's own tensor, not a copy.
  public let keys: Tensor
  /// The column where the next key is written.
  public private(set) var position: Int

  /// A queue of `capacity` random normal columns scaled to norm 1.
  public init(dimension: Int, capacity: Int, generator: Generator) throws(TorchError) {
    guard capacity > 0 else {
      throw TorchError(
        operation: "KeyQueue", message: "a queue of \(capacity) keys; expected at least 1")
    }
    keys = try Tensor.normal([dimension, capacity], generator: generator).normalized(0)
    position = 0
  }

  /// A queue that continues from saved columns and a saved position.
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

  /// Replaces the oldest columns by the rows of `newKeys` (N×D), in order.
  ///
  /// This happens in place: every reference to `keys` sees it. The loss of the step has its gradient already, and copying
  /// 65 536 keys in every step would cost more than writing the keys that change.
  /// - Throws: `TorchError` for keys of another dimension.
  public mutating func enqueue(_ newKeys: Tensor) throws(TorchError) {
    let count = newKeys.shape.first ?? 0
    guard newKeys.shape == [count, keys.shape[0]] else {
      throw TorchError(
        operation: "enqueue", message: "expected keys of N×\(keys.shape[0])",
        operands: [newKeys.signature])
    }
    let columns = try newKeys.detached().transposed()
    var next = position
    var written = 0
    while written < count {
      let length = min(count - written, capacity - next)
      try keys.narrowed(1, next..<next + length)
        .copyInPlace(columns.narrowed(1, written..<written + length))
      next = (next + length) % capacity
      written += length
    }
    position = next
  }

  /// The queue with its columns on `device`.
  public func moved(to device: Device) throws(TorchError) -> KeyQueue {
    try KeyQueue(keys: keys.moved(to: device), position: position)
  }
}
