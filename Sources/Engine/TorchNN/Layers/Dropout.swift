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
  public func callAsFunction(_ x: Tensor, seed: UInt64) throws(TorchError) -> Tensor {
    guard probability > 0 else { return x }
    let draws = try Tensor.uniform(x.shape, generator: Generator(seed: seed))
    let isDropped = try draws.isAtMost(probability).converted(to: .float32)
    let factors = try (isDropped * -1 + 1) / (1 - probability)
    return try x * factors.moved(to: x.device)
  }
}
