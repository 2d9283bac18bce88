import Foundation
import Torch

/// Measures of how far apart two sets of features, N×D and M×D, are, such as those of synthetic and of real images.
/// All are computed in float64 over blocks of rows, from the features as they are or scaled to norm 1 (`isUnit`), which
/// makes networks comparable whose features differ in length.
public enum DomainGap {
  /// The Fréchet distance of the normal distributions with the sets' moments (Heusel et al. 2017),
  /// ‖μ − μ'‖² + tr(C + C' − 2 (C C')^½); at least 0, up to rounding.
  ///
  /// (C C')^½ has the trace of (C^½ C' C^½)^½, whose matrix is symmetric.
  /// - Parameter processes: the processes that have the same features: the first computes the distance, for all.
  /// - Throws: `TorchError` if a set has fewer than two features or the sets differ in D, `ProcessGroupError` where a process is
  ///   lost.
  public static func frechetDistance(
    _ first: Tensor, _ second: Tensor, isUnit: Bool = false,
    sharedBy processes: ProcessGroup? = nil, blockSize: Int = 1024
  ) throws -> Double {
    let figure = "Fréchet distance"
    let a = try FeatureBlocks(first, isUnit: isUnit, blockSize: blockSize, for: figure)
    let b = try FeatureBlocks(second, isUnit: isUnit, blockSize: blockSize, for: figure)
    return try processes?.ofFirst { try frechetDistance(a.moments(), b.moments()) }
      ?? frechetDistance(a.moments(), b.moments())
  }

  private static func frechetDistance(
    _ a: FeatureBlocks.Moments, _ b: FeatureBlocks.Moments
  ) throws(TorchError) -> Double {
    let (values, vectors) = try a.covariance.symmetricEigen()
    let root = try (vectors * values.clamped(min: 0).squareRoot()).matmul(vectors.transposed())
    let product = try root.matmul(b.covariance).matmul(root)
    let traceOfRoot = try product.symmetricEigenvalues().clamped(min: 0).squareRoot().sum().item()
    // tr C is the sum of its eigenvalues.
    let traces = try values.sum().item() + b.covariance.symmetricEigenvalues().sum().item()
    return try (a.mean - b.mean).power(2).sum().item() + traces - 2 * traceOfRoot
  }

  /// The squared maximum mean discrepancy (Gretton et al. 2012), unbiased, so that it may be a little below 0:
  /// mean k(a, a') + mean k(b, b') − 2 mean k(a, b) over pairs of different features.
  ///
  /// The kernel is Gaussian, k = exp(−d²/m), with m the median d² over the pairs of up to 500 evenly spaced features of
  /// each set (the lower one of the two in the middle).
  /// - Parameter processes: the processes that have the same features and share the pairs.
  /// - Throws: `TorchError` if a set has fewer than two features or the sets differ in D, `ProcessGroupError` where a process is
  ///   lost.
  public static func squaredMeanDiscrepancy(
    _ first: Tensor, _ second: Tensor, isUnit: Bool = false,
    sharedBy processes: ProcessGroup? = nil, blockSize: Int = 1024
  ) throws -> Double {
    let figure = "maximum mean discrepancy"
    let a = try FeatureBlocks(
      first, isUnit: isUnit, blockSize: blockSize, for: figure)
    let b = try FeatureBlocks(
      second, isUnit: isUnit, blockSize: blockSize, for: figure)
    let scale = try medianSquaredDistance(first, second, isUnit: isUnit)
    // If most features coincide, only those are near each other.
    let factor = -1 / max(scale, .leastNormalMagnitude)
    func kernels(_ d2: Tensor) throws(TorchError) -> Double {
      try (d2 * factor).exp().sum().item()
    }
    let withinFirst = try a.sumOfPairs(sharedBy: processes, kernels)
    let withinSecond = try b.sumOfPairs(sharedBy: processes, kernels)
    let between = try a.sumOfPairs(with: b, sharedBy: processes, kernels)
    let (n, m) = (Double(a.count), Double(b.count))
    return 2 * withinFirst / (n * (n - 1)) + 2 * withinSecond / (m * (m - 1))
      - 2 * between / (n * m)
  }

  private static func medianSquaredDistance(
    _ first: Tensor, _ second: Tensor, isUnit: Bool
  ) throws(TorchError) -> Double {
    let union = try Tensor.concatenated([
      first.evenlySpaced(500), second.evenlySpaced(500),
    ])
    var distances: [Double] = []
    let blocks = try FeatureBlocks(union, isUnit: isUnit, for: "median distance")
    try blocks.forEachPair { (d2) throws(TorchError) in
      distances += try d2.scalars(Double.self)
    }
    distances.sort()
    return distances[(distances.count - 1) / 2]
  }
}
