import Foundation
import Generalization
import Testing
import Torch

/// Kernel densities against plain loops.
@Suite struct KernelDensityTests {
  private let points = [(0.6, 0.8), (-1.0, 0.0), (0.0, 1.0), (0.28, -0.96), (0.6, 0.8)]

  @Test(arguments: [1, 2, 4096])
  func agreesWithALoopOverNodesAndPoints(blockSize: Int) throws {
    let density = try density(bandwidth: 0.3, reach: 1.5, side: 7, blockSize: blockSize)
    #expect(density.count == 49)
    for row in 0..<7 {
      for column in 0..<7 {
        let (x, y) = (-1.5 + 0.5 * Double(column), -1.5 + 0.5 * Double(row))
        let expected = points.reduce(0) { sum, point in
          let squared = (x - point.0) * (x - point.0) + (y - point.1) * (y - point.1)
          return sum + exp(-squared / (2 * 0.09)) / (2 * .pi * 0.09) / 5
        }
        #expect(abs(density[row * 7 + column] - expected) < 1e-12)
      }
    }
  }

  @Test func integratesToOneOverThePlane() throws {
    let side = 121
    let step = 2 * 2.4 / Double(side - 1)
    let density = try density(bandwidth: 0.2, reach: 2.4, side: side)
    #expect(abs(density.reduce(0, +) * step * step - 1) < 1e-6)
  }

  @Test func integratesToOneAroundTheCircleAndIsTheSameAtItsEnds() {
    let angles = [3.1, -3.0, 0.4, 1.0]
    let density = KernelDensity.onCircle(of: angles, bandwidth: 0.5, count: 361)
    let step = 2 * Double.pi / 360
    #expect(abs(density.dropLast().reduce(0, +) * step - 1) < 1e-9)
    #expect(abs(density[0] - density[360]) < 1e-12)
    // Three turns either way, where the code wraps once.
    for node in [0, 100, 180, 275] {
      let angle = -Double.pi + Double(node) * step
      let expected = angles.reduce(0) { sum, center in
        (-3...3).reduce(sum) {
          let distance = angle - center + 2 * .pi * Double($1)
          return $0 + exp(-distance * distance / 0.5) / (0.5 * (2 * .pi).squareRoot()) / 4
        }
      }
      #expect(abs(density[node] - expected) < 1e-9)
    }
  }

  private func density(
    bandwidth: Double, reach: Double, side: Int, blockSize: Int = 4096
  ) throws -> [Double] {
    try KernelDensity.inPlane(
      of: Tensor(points.flatMap { [$0.0, $0.1] }, shape: [points.count, 2]),
      bandwidth: bandwidth, reach: reach, side: side, blockSize: blockSize)
  }
}
