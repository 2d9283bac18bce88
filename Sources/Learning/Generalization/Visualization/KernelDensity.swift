import Foundation
import Torch

/// Densities of places by Gaussian kernels of standard deviation `bandwidth`; each integrates to 1.
public enum KernelDensity {
  /// mean over points of exp(−|p − x|²/2h²)/2πh² at the nodes of a square grid over [−reach, reach]²: row by row upwards,
  /// `side` nodes each.
  /// - Parameter points: N×2 in float64, N at least 1.
  /// - Throws: `TorchError` for other shapes.
  public static func inPlane(
    of points: Tensor, bandwidth: Double, reach: Double, side: Int, blockSize: Int = 4096
  ) throws(TorchError) -> [Double] {
    let blocks = try FeatureBlocks(
      points, blockSize: blockSize, atLeast: 1, for: "kernel density")
    let nodes = try Tensor(
      evenly(from: -reach, to: reach, count: side), shape: [side, 1])
    func kernel(_ block: Tensor, _ axis: Int) throws(TorchError) -> Tensor {
      try
        ((nodes - block.selected(1, axis).unsqueezed(0)).power(2)
        * (-1 / (2 * bandwidth * bandwidth))).exp()
    }
    var sum = try Tensor.zeros([side, side], dtype: .float64)
    for index in 0..<blocks.blockCount {
      // The kernel of the plane is the product of the kernels of its axes.
      let block = try blocks.block(index)
      sum = try sum + kernel(block, 1).matmul(kernel(block, 0).transposed())
    }
    let scale = 1 / (Double(blocks.count) * 2 * .pi * bandwidth * bandwidth)
    return try (sum * scale).reshaped([-1]).scalars()
  }

  /// The density along the circle at `count` evenly spaced angles from −π to π, both included; kernels wrap around it.
  public static func onCircle(of angles: [Double], bandwidth: Double, count: Int) -> [Double] {
    let turn = 2 * Double.pi
    let scale = 1 / (Double(max(angles.count, 1)) * bandwidth * turn.squareRoot())
    return evenly(from: -.pi, to: .pi, count: count).map { node in
      var sum = 0.0
      for angle in angles {
        let nearest = (node - angle).remainder(dividingBy: turn)
        for distance in [nearest - turn, nearest, nearest + turn] {
          let deviations = distance / bandwidth
          sum += exp(-deviations * deviations / 2)
        }
      }
      return scale * sum
    }
  }

  /// `count` numbers from `first` to `last`, both included.
  static func evenly(from first: Double, to last: Double, count: Int) -> [Double] {
    (0..<count).map { first + (last - first) * Double($0) / Double(max(count - 1, 1)) }
  }
}
