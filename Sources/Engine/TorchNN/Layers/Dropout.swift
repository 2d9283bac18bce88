import Torch

/// Sets a random share of all elements to zero in training, and scales the others up to keep the mean.
public struct Dropout: Sendable {
  /// The share that is dropped, in [0, 1).
  public let probability: Double

  /// A layer that drops with `probability`.
  public init(_ probability: Double) {
    self.probability = probability
  }

  /// Drops elements of `x` by the random numbers of `seed`, which are the same on every device.
  /// - Parameter share: the images of the batch that `x` holds, where it does not hold all: they lose the same elements as in
  ///   the whole batch.
  public func callAsFunction(
    _ x: Tensor, seed: UInt64, share: BatchShare? = nil
  ) throws(TorchError) -> Tensor {
    guard probability > 0 else { return x }
    let images = share?.total ?? x.shape[0]
    let all = try Tensor.uniform([images] + x.shape.dropFirst(), generator: Generator(seed: seed))
    let draws = try share?.rows(of: all) ?? all
    let isDropped = try draws.isAtMost(probability).converted(to: .float32)
    let factors = try (isDropped * -1 + 1) / (1 - probability)
    return try x * factors.moved(to: x.device)
  }
}
