import Torch

/// N×D features that arrive batch by batch, stored in memory for exactly all of them.
struct PooledFeatures {
  private let capacity: Int
  private let dimension: Int
  private var storage: Tensor?
  private var count = 0

  /// Reserves room for `capacity` features of `dimension` numbers.
  init(capacity: Int, dimension: Int) {
    self.capacity = capacity
    self.dimension = dimension
  }

  /// The features so far, N×D float32 on the CPU.
  var all: Tensor {
    get throws { try storage?.narrowed(0, 0..<count) ?? Tensor.zeros([0, dimension]) }
  }

  /// Adds the features of a batch, n×D.
  mutating func append(_ features: Tensor) throws {
    let rows = features.shape[0]
    let room = try storage ?? Tensor.zeros([capacity, features.shape[1]])
    try room.narrowed(0, count..<count + rows).copyInPlace(features)
    storage = room
    count += rows
  }
}
