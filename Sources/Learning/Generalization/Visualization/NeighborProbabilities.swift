import Foundation
import Torch

/// How near features are to each other: the joint probabilities p_ij of t-SNE (van der Maaten & Hinton 2008, section 3).
public struct NeighborProbabilities {
  /// N.
  public let count: Int
  /// p_ij, row-major N×N: symmetric, 0 on the diagonal, of sum 1.
  public let values: [Double]

  /// p_ij = (p_j|i + p_i|j) / 2N with p_j|i ∝ exp(−β_i d²_ij), where β_i gives the neighbours of i the perplexity
  /// exp(−Σ p_j|i log p_j|i).
  /// - Parameters:
  ///   - features: N×D, N at least 2.
  ///   - isUnit: whether features are scaled to norm 1 first.
  ///   - perplexity: how many neighbours count, from 1 to N − 1.
  /// - Throws: `TorchError` if there are fewer than two features.
  public init(
    of features: Tensor, isUnit: Bool = false, perplexity: Double
  ) throws(TorchError) {
    let blocks = try FeatureBlocks(
      features, isUnit: isUnit, blockSize: max(1, features.shape.first ?? 1), for: "t-SNE")
    let all = try blocks.block(0)
    let distances: [Double] = try blocks.squaredDistances(all, all).reshaped([-1]).scalars()
    let count = blocks.count
    var conditional = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      let rest = (0..<count).filter { $0 != row }
      let found = Self.conditional(rest.map { distances[row * count + $0] }, perplexity)
      for (column, value) in zip(rest, found) { conditional[row * count + column] = value }
    }
    var joint = conditional
    for row in 0..<count {
      for column in 0..<count {
        joint[row * count + column] =
          (conditional[row * count + column] + conditional[column * count + row])
          / (2 * Double(count))
      }
    }
    self.count = count
    values = joint
  }

  /// p_j|i of the distances of one feature, by bisection on β.
  private static func conditional(_ distances: [Double], _ perplexity: Double) -> [Double] {
    let goal = log(perplexity)
    // Only differences between distances matter.
    let nearest = distances.min() ?? 0
    var (beta, low, high) = (1.0, 0.0, Double.infinity)
    var weights: [Double] = []
    for _ in 0..<200 {
      weights = distances.map { exp(-beta * ($0 - nearest)) }
      let sum = weights.reduce(0, +)
      weights = weights.map { $0 / sum }
      let spread = zip(weights, distances).reduce(0) { $0 + $1.0 * ($1.1 - nearest) }
      let entropy = log(sum) + beta * spread
      if abs(entropy - goal) < 1e-10 { break }
      if entropy > goal {
        low = beta
        beta = high.isFinite ? (beta + high) / 2 : beta * 2
      } else {
        high = beta
        beta = (low + beta) / 2
      }
      // Equally distant neighbours keep their entropy, whatever β.
      if !beta.isFinite || beta < .leastNormalMagnitude { break }
    }
    return weights
  }
}
