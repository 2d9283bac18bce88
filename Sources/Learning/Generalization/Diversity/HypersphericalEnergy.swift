import Torch

/// The hyperspherical energy of features: lower means more diverse (Liu et al. 2018; paper section 3.1).
///
/// Means over ordered pairs i ≠ j of features scaled to norm 1, with d² = 2 − 2⟨f_i, f_j⟩ clamped at 1e-8 so that
/// coincident features count as very near, not as infinitely so.
public struct HypersphericalEnergy: Sendable, Equatable {
  /// mean(−log d²).
  public let power0: Double
  /// mean(d⁻¹).
  public let power1: Double
  /// mean(d⁻²).
  public let power2: Double

  /// The energy of N×D features.
  ///
  /// Computed in float64 over pairs of blocks of rows: beside the features it takes a few blocks of
  /// blockSize×D and blockSize×blockSize.
  /// - Throws: `TorchError` where there are fewer than two features.
  public init(of features: Tensor, blockSize: Int = 1024) throws(TorchError) {
    let blocks = try FeatureBlocks(
      features, isUnit: true, blockSize: blockSize, for: "hyperspherical energy")
    var sums = [0.0, 0.0, 0.0]
    try blocks.forEachPair { (squaredDistances) throws(TorchError) in
      let squared = try squaredDistances.clamped(min: 1e-8)
      sums[0] -= try squared.log().sum().item()
      sums[1] += try squared.power(-0.5).sum().item()
      sums[2] += try squared.power(-1).sum().item()
    }
    // A pair i < j stands for both orders.
    let pairs = Double(blocks.count) * Double(blocks.count - 1) / 2
    power0 = sums[0] / pairs
    power1 = sums[1] / pairs
    power2 = sums[2] / pairs
  }
}
