import Foundation
import Torch

/// How near features are to each other: the joint probabilities p_ij of t-SNE (van der Maaten & Hinton 2008, section 3).
public struct NeighborProbabilities {
  /// N.
  public let count: Int
  /// p_ij, N×N float64: symmetric, 0 on the diagonal, of sum 1.
  public let joint: Tensor

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
    count = blocks.count
    var rows: [Double] = try blocks.squaredDistances(all, all).reshaped([-1]).scalars()
    for row in 0..<count {
      Self.makeConditional(&rows, from: row * count, count: count, own: row, perplexity)
    }
    let conditional = try Tensor(rows, shape: [count, count])
    joint = try (conditional + conditional.transposed()) / (2 * Double(count))
  }

  /// Puts p_j|i in the place of the distances of one feature, from `first` on. β is found by Newton's steps within bounds, which are
  /// halved where a step would leave them.
  private static func makeConditional(
    _ rows: inout [Double], from first: Int, count: Int, own: Int, _ perplexity: Double
  ) {
    let goal = log(perplexity)
    rows.withUnsafeMutableBufferPointer { rows in
      let row = UnsafeMutableBufferPointer(rebasing: rows[first..<first + count])
      row[own] = .infinity
      // Only differences between distances matter.
      let nearest = row.min() ?? 0
      for column in row.indices { row[column] -= nearest }
      var (beta, low, high) = (1.0, 0.0, Double.infinity)
      for _ in 0..<200 {
        let (sum, mean, variance) = moments(row, beta, without: own)
        let entropy = log(sum) + beta * mean
        if abs(entropy - goal) < 1e-10 { break }
        if entropy > goal { low = beta } else { high = beta }
        let newton = beta + (entropy - goal) / (beta * variance)
        let middle = high.isFinite ? (low + high) / 2 : beta * 2
        beta = newton > low && newton < high && newton < 4 * beta ? newton : middle
        // Equally distant neighbours keep their entropy, whatever β.
        if !beta.isFinite || beta < .leastNormalMagnitude { break }
      }
      let sum = moments(row, beta, without: own).sum
      for column in row.indices { row[column] = exp(-beta * row[column]) / sum }
      row[own] = 0
    }
  }

  /// Σ exp(−β d), and the mean and variance of d under these weights.
  private static func moments(
    _ distances: UnsafeMutableBufferPointer<Double>, _ beta: Double, without own: Int
  ) -> (sum: Double, mean: Double, variance: Double) {
    var (sum, first, second) = (0.0, 0.0, 0.0)
    for (column, distance) in distances.enumerated() where column != own {
      let weight = exp(-beta * distance)
      sum += weight
      first += weight * distance
      second += weight * distance * distance
    }
    let mean = first / sum
    return (sum, mean, max(second / sum - mean * mean, 0))
  }
}
