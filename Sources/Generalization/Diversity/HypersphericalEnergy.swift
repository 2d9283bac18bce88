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
  /// Computed in float64 over blocks of rows, so that N×N never has to fit in memory.
  /// - Throws: `TorchError` where there are fewer than two features.
  public init(of features: Tensor, blockSize: Int = 1024) throws(TorchError) {
    let count = features.shape[0]
    guard features.rank == 2, count >= 2, blockSize > 0 else {
      throw TorchError(
        operation: "hyperspherical energy", message: "expected N×D features with N at least 2",
        operands: [features.signature])
    }
    let unit = try features.detached().converted(to: .float64).normalized(1)
    var sums = [0.0, 0.0, 0.0]
    for start in stride(from: 0, to: count, by: blockSize) {
      let rows = start..<min(start + blockSize, count)
      // The pairs of these rows with later features stand for both orders.
      let block = try Self.pairSums(unit, rows: rows)
      for power in sums.indices { sums[power] += 2 * block[power] }
    }
    let pairs = Double(count) * Double(count - 1)
    power0 = sums[0] / pairs
    power1 = sums[1] / pairs
    power2 = sums[2] / pairs
  }

  /// The sums of −log d², d⁻¹ and d⁻² over the pairs i < j with i in `rows`.
  private static func pairSums(
    _ unit: Tensor, rows: Range<Int>
  ) throws(TorchError) -> [Double] {
    let later = rows.lowerBound..<unit.shape[0]
    let products = try unit.narrowed(0, rows).matmul(unit.narrowed(0, later).transposed())
    let squared = try (products * -2 + 2).clamped(min: 1e-8)
    let rowIndex = try Tensor.range(rows.count, device: unit.device).unsqueezed(1)
    let columnIndex = try Tensor.range(later.count, device: unit.device).unsqueezed(0)
    let isNotLater = try (columnIndex - rowIndex).isAtMost(0)
    // d = 1 adds nothing to the logarithm; what it adds to the powers is known.
    let one = try Tensor.ones([], dtype: .float64, device: unit.device)
    let distances = try one.selected(where: isNotLater, otherwise: squared)
    let excluded = try isNotLater.converted(to: .float64).sum().item()
    return [
      -(try distances.log().sum().item()),
      try distances.power(-0.5).sum().item() - excluded,
      try distances.power(-1).sum().item() - excluded,
    ]
  }
}
