import Torch

/// The hyperspherical energy of features: lower means more diverse (Liu et al. 2018; paper section 3.1).
///
/// Means over ordered pairs i ≠ j of features scaled to norm 1, with d² = 2 − 2⟨f_i, f_j⟩ clamped at 1e-8 so that
/// coincident features count as very near, not as infinitely so.
public struct HypersphericalEnergy: Sendable, Equatable {
  /// The power s of the distances whose mean is taken. As keys of JSON these are `0`, `1` and `2`.
  public enum Power: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
    /// mean(−log d²), the limit for s → 0.
    case zero = "0"
    /// mean(d⁻¹).
    case one = "1"
    /// mean(d⁻²).
    case two = "2"

    /// The name in tables of the energy of this power, `HSE 0`.
    public var title: String { "HSE \(rawValue)" }
  }

  /// The energy of every power.
  public let values: [Power: Double]

  /// The energy of N×D features.
  ///
  /// It is computed in float64 over pairs of blocks of rows: besides the features, only a few blocks of
  /// blockSize×D and blockSize×blockSize are in memory.
  /// - Throws: `TorchError` where there are fewer than two features.
  public init(of features: Tensor, blockSize: Int = 1024) throws(TorchError) {
    let blocks = try FeatureBlocks(
      features, isUnit: true, blockSize: blockSize, for: "hyperspherical energy")
    var sums: [Power: Double] = [:]
    try blocks.forEachPair { (squaredDistances) throws(TorchError) in
      let squared = try squaredDistances.clamped(min: 1e-8)
      sums[.zero, default: 0] -= try squared.log().sum().item()
      sums[.one, default: 0] += try squared.power(-0.5).sum().item()
      sums[.two, default: 0] += try squared.power(-1).sum().item()
    }
    // A pair i < j stands for both orders.
    let pairs = Double(blocks.count) * Double(blocks.count - 1) / 2
    values = sums.mapValues { $0 / pairs }
  }

  /// An energy that was computed elsewhere.
  public init(values: [Power: Double]) {
    self.values = values
  }

  /// The energy of one power.
  public subscript(power: Power) -> Double { values[power] ?? .nan }
}
