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
  /// It is computed over pairs of blocks of rows: besides the features, only a few blocks of blockSize×D and
  /// blockSize×blockSize are in memory. Of features in float32 all sums are in float64, and so are the distances of near pairs; the
  /// products of the others are in float32 (`SquaredDistances`), which leaves the energy within 1e-6 of that of the same
  /// features in float64.
  /// - Parameter processes: the processes that have the same features and share the pairs; all get the whole energy.
  /// - Throws: `TorchError` where there are fewer than two features, `ProcessGroupError` where a process is lost.
  public init(
    of features: Tensor, sharedBy processes: ProcessGroup? = nil, blockSize: Int = 1024
  ) throws {
    let blocks = try FeatureBlocks(
      features, isUnit: true, blockSize: blockSize, for: "hyperspherical energy")
    let sums = try blocks.sumsOfUnitPairs(3, sharedBy: processes) {
      (distances) throws(TorchError) in
      func sum(_ function: (Tensor) throws(TorchError) -> Tensor) throws(TorchError) -> Double {
        try distances.sum(clampedAt: 1e-8, of: function)
      }
      return [
        -(try sum { (squared) throws(TorchError) in try squared.log() }),
        try sum { (squared) throws(TorchError) in try squared.power(-0.5) },
        try sum { (squared) throws(TorchError) in try squared.power(-1) },
      ]
    }
    // A pair i < j stands for both orders.
    let pairs = Double(blocks.count) * Double(blocks.count - 1) / 2
    values = [.zero: sums[0] / pairs, .one: sums[1] / pairs, .two: sums[2] / pairs]
  }

  /// An energy that was computed elsewhere.
  public init(values: [Power: Double]) {
    self.values = values
  }

  /// The energy of one power.
  public subscript(power: Power) -> Double { values[power] ?? .nan }
}
