import Foundation
import Torch

/// t-SNE (van der Maaten & Hinton 2008): places in the plane whose neighbours are those of the features. It is exact,
/// over all pairs, and gives the same result at every call.
public struct NeighborEmbedding {
  /// The place of each feature.
  public let points: [PlanePoint]

  /// The number of neighbours that count among `count` features: 30, or (N − 1)/3 if that is less, but at least 1.
  public static func perplexity(among count: Int) -> Double {
    max(1, min(30, (Double(count) - 1) / 3))
  }

  /// The steps with p_ij multiplied by twelve and momentum 0.5, in which clusters form.
  private static let earlySteps = 250
  private static let steps = 1000
  private static let exaggeration = 12.0

  /// The places of N×D features scaled to norm 1; the descent starts from 1e-4 of their first two principal components.
  ///
  /// Time and memory grow with N²: 5 000 features take 20 s on two cores and 1.2 GB.
  /// - Throws: `TorchError` where there are fewer than two features or dimensions.
  public init(of features: Tensor) throws(TorchError) {
    let components = try PrincipalComponents(of: features, count: 2, isUnit: true)
    let start: [Double] = try components.coordinates(of: features).reshaped([-1]).scalars()
    let probabilities = try NeighborProbabilities(
      of: features, isUnit: true, perplexity: Self.perplexity(among: features.shape[0]))
    let spread = (components.variances.first ?? 0).squareRoot()
    let places = try Self.descend(
      from: start.map { spread > 0 ? $0 / spread * 1e-4 : 0 }, probabilities)
    points = stride(from: 0, to: places.count, by: 2).map {
      PlanePoint(x: places[$0], y: places[$0 + 1])
    }
  }

  /// Σ p_ij log(p_ij / q_ij) and its gradient for places (x, y, x, y, …), with q_ij ∝ (1 + |y_i − y_j|²)⁻¹:
  /// 4 Σ_j (p_ij − q_ij) (1 + |y_i − y_j|²)⁻¹ (y_i − y_j).
  public static func divergence(
    at places: [Double], _ probabilities: NeighborProbabilities
  ) throws(TorchError) -> (value: Double, gradient: [Double]) {
    let gradient = try gradient(at: places, probabilities, exaggeration: 1)
    let joint: [Double] = try probabilities.joint.reshaped([-1]).scalars()
    let count = probabilities.count
    var value = 0.0
    for row in 0..<count {
      for column in 0..<count where column != row {
        let p = joint[row * count + column]
        let q = kernel(places, row, column) / gradient.sum
        if p > 0 { value += p * log(p / q) }
      }
    }
    return (value, gradient.values)
  }

  private static func kernel(_ places: [Double], _ i: Int, _ j: Int) -> Double {
    let x = places[2 * i] - places[2 * j]
    let y = places[2 * i + 1] - places[2 * j + 1]
    return 1 / (1 + x * x + y * y)
  }

  /// The gradient, and Σ (1 + |y_i − y_j|²)⁻¹ over i ≠ j. The repulsive part is divided by that sum at the end.
  /// - Parameter exaggeration: the factor of p_ij.
  private static func gradient(
    at places: [Double], _ probabilities: NeighborProbabilities, exaggeration: Double
  ) throws(TorchError) -> (values: [Double], sum: Double) {
    let count = probabilities.count
    let forces: [Double] = try Tensor(places, shape: [count, 2]).transposed()
      .neighborForces(probabilities.joint).reshaped([-1]).scalars()
    let sum = forces[(4 * count)...].reduce(0, +)
    let values = places.indices.map { index in
      let force = index % 2 * count + index / 2
      return 4 * (exaggeration * forces[force] - forces[2 * count + force] / sum)
    }
    return (values, sum)
  }

  /// Gradient descent with momentum and a gain for each coordinate, as in the code of the paper's authors; the rate is
  /// that of Belkina et al. 2019, N/48 but at least 50.
  private static func descend(
    from start: [Double], _ probabilities: NeighborProbabilities
  ) throws(TorchError) -> [Double] {
    let rate = max(Double(probabilities.count) / exaggeration / 4, 50)
    var places = start
    var velocity = [Double](repeating: 0, count: start.count)
    var gains = [Double](repeating: 1, count: start.count)
    for step in 0..<steps {
      let isEarly = step < earlySteps
      let gradient = try gradient(
        at: places, probabilities, exaggeration: isEarly ? exaggeration : 1
      ).values
      for index in places.indices {
        let isTurning = velocity[index] * gradient[index] >= 0
        gains[index] = isTurning ? max(gains[index] * 0.8, 0.01) : gains[index] + 0.2
        velocity[index] =
          (isEarly ? 0.5 : 0.8) * velocity[index] - rate * gains[index] * gradient[index]
        places[index] += velocity[index]
      }
    }
    return places
  }
}
