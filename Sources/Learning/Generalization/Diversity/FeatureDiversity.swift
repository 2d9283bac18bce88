import Foundation
import Torch

/// Measures, besides `HypersphericalEnergy`, of how a set of N×D features fills its space. All are computed in float64
/// over blocks of rows.
public enum FeatureDiversity {
  /// log mean exp(−t d²) over the pairs i ≠ j of features scaled to norm 1 (Wang & Isola 2020), from −4t to 0: the lower
  /// it is, the more uniform the features are on the sphere.
  /// - Parameter processes: the processes that have the same features and share the pairs.
  /// - Throws: `TorchError` where there are fewer than two features, `ProcessGroupError` where a process is lost.
  public static func uniformity(
    of features: Tensor, t: Double = 2, sharedBy processes: ProcessGroup? = nil,
    blockSize: Int = 1024
  ) throws -> Double {
    let blocks = try FeatureBlocks(
      features, isUnit: true, blockSize: blockSize, for: "uniformity")
    let sums = try blocks.sumsOfUnitPairs(1, sharedBy: processes) {
      (distances) throws(TorchError) in
      [try distances.sum(of: { (squared) throws(TorchError) in try (squared * -t).exp() })]
    }
    return log(sums[0] / (Double(blocks.count) * Double(blocks.count - 1) / 2))
  }

  /// mean ‖f_i − g_i‖² of the features of two views of the same images, scaled to norm 1 (Wang & Isola 2020, α = 2),
  /// from 0 to 4: the lower it is, the better they are aligned.
  /// - Throws: `TorchError` where the sets differ in shape or are empty.
  public static func alignment(
    of first: Tensor, with second: Tensor, blockSize: Int = 1024
  ) throws(TorchError) -> Double {
    guard first.shape == second.shape else {
      throw TorchError(
        operation: "alignment", message: "expected two views of the same N×D features",
        operands: [first.signature, second.signature])
    }
    func blocks(_ features: Tensor) throws(TorchError) -> FeatureBlocks {
      try FeatureBlocks(
        features, isUnit: true, blockSize: blockSize, atLeast: 1, for: "alignment")
    }
    let (a, b) = (try blocks(first), try blocks(second))
    var sum = 0.0
    for index in 0..<a.blockCount {
      sum += try (a.block(index) - b.block(index)).power(2).sum().item()
    }
    return sum / Double(a.count)
  }

  /// mean ‖f_i − f_j‖² over the pairs i ≠ j of the same class, of features scaled to norm 1, from 0 to 4: the lower
  /// it is, the denser the classes are; nil if no class has two features.
  /// - Parameter labels: the class of each feature.
  /// - Throws: `TorchError` where there are not as many labels as features.
  public static func alignment(
    of features: Tensor, labels: [Int], blockSize: Int = 1024
  ) throws(TorchError) -> Double? {
    guard features.rank == 2, features.shape[0] == labels.count else {
      throw TorchError(
        operation: "alignment", message: "expected N×D features beside \(labels.count) labels",
        operands: [features.signature])
    }
    var sum = 0.0
    var pairs = 0.0
    for rows in Dictionary(grouping: labels.indices, by: { labels[$0] }).values
    where rows.count > 1 {
      let places = try Tensor(rows.map(Int64.init)).moved(to: features.device)
      let blocks = try FeatureBlocks(
        features.gathered(0, places), isUnit: true, blockSize: blockSize, for: "alignment")
      // Σ_i≠j ‖f_i − f_j‖² = 2 n Σ ‖f_i‖² − 2 ‖Σ f_i‖².
      let count = Double(rows.count)
      sum += 2 * (count * count - (try blocks.sum().power(2).sum().item()))
      pairs += count * (count - 1)
    }
    return pairs > 0 ? sum / pairs : nil
  }

  /// The mean of ⟨f_i, f_j⟩ over the pairs i ≠ j of features scaled to norm 1: 1 if all point the same way.
  /// - Throws: `TorchError` where there are fewer than two features.
  public static func meanCosine(
    of features: Tensor, blockSize: Int = 1024
  ) throws(TorchError) -> Double {
    let blocks = try FeatureBlocks(
      features, isUnit: true, blockSize: blockSize, for: "mean cosine")
    let count = Double(blocks.count)
    return (try blocks.sum().power(2).sum().item() - count) / (count * (count - 1))
  }

  /// exp of the entropy of the normalised singular values of the centred features (Roy & Vetterli 2007): from 1, all on
  /// a line, to D; 0 where all features are the same.
  ///
  /// By the eigenvalues of the D×D covariance; those below rounding error count as 0.
  /// - Throws: `TorchError` where there are fewer than two features.
  public static func effectiveRank(
    of features: Tensor, blockSize: Int = 1024
  ) throws(TorchError) -> Double {
    let blocks = try FeatureBlocks(features, blockSize: blockSize, for: "effective rank")
    let values: [Double] = try blocks.moments().covariance.symmetricEigenvalues().scalars()
    let noise = (values.last ?? 0) * Double(blocks.dimension) * 0x1p-52
    let singular = values.filter { $0 > noise }.map { $0.squareRoot() }
    let total = singular.reduce(0, +)
    guard total > 0 else { return 0 }
    return exp(-singular.reduce(0) { $0 + $1 / total * log($1 / total) })
  }
}
