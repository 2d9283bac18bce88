import Torch

/// The d² of many pairs of unit features; those of near pairs more precisely than those of the others.
///
/// d² = 2 − 2⟨a, b⟩ of float32 products is off by about 1e-7 whatever its size. For d² above ``nearness`` this is at most a
/// few parts in 10⁵ of one pair, with random signs; nearer pairs, which would be off by more, are computed in float64.
struct SquaredDistances {
  /// The d² at which a pair is near, a power of 2 so that its own powers have no rounding.
  static let nearness = 0x1p-8

  /// d² of every pair, at least ``nearness`` unless all are exact.
  private let all: Tensor
  /// d² of near pairs in float64, which stand in `all` as ``nearness``.
  private let near: Tensor?
  private let isExact: Bool

  /// Distances that are all as precise as they have to be.
  init(exact distances: Tensor) {
    (all, near, isExact) = (distances, nil, true)
  }

  /// Distances in float32; those of near pairs, if there are any, again in float64.
  init(_ distances: Tensor, near: Tensor?) throws(TorchError) {
    all = near == nil ? distances : try distances.clamped(min: Self.nearness)
    self.near = near
    isExact = false
  }

  /// The sum of a function of d² over all pairs.
  /// - Parameter minimum: what smaller d² are taken for, below ``nearness``.
  func sum(
    clampedAt minimum: Double = 0, of function: (Tensor) throws(TorchError) -> Tensor
  ) throws(TorchError) -> Double {
    guard !isExact else { return try function(all.clamped(min: minimum)).sum().item() }
    let whole = try function(all).converted(to: .float64).sum().item()
    guard let near else { return whole }
    let stood = try function(Tensor([Self.nearness])).item() * Double(near.shape[0])
    return try whole - stood + function(near.clamped(min: minimum)).sum().item()
  }
}
