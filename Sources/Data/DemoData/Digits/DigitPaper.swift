import Datasets
import Foundation
import Imaging

/// The paper on which a digit is printed.
package struct DigitPaper: Sendable {
  /// How its grey changes from place to place.
  private enum Texture: Sendable {
    case plain
    /// Evenly in one direction, from one edge of the picture to the other.
    case gradient(angle: Double)
    /// In blotches of the given number of pixels.
    case blotches(size: Double)
    /// From pixel to pixel.
    case grain
  }

  private let base: Double
  private let strength: Double
  private let side: Int
  private let texture: Texture
  private let salt: UInt64

  /// Draws a paper.
  ///
  /// - Parameters:
  ///   - base: the middle grey of the paper, 0 to 255.
  ///   - strength: the largest difference between its lightest and its darkest grey.
  init(_ base: Double, strength: Double, side: Int, using generator: inout AddressedGenerator) {
    self.base = base
    self.side = side
    self.strength = strength * generator.nextUnitDouble()
    salt = generator.next()
    let place = generator.nextUnitDouble()
    switch generator.nextInteger(below: 4) {
    case 0: texture = .plain
    case 1: texture = .gradient(angle: 2 * .pi * place)
    case 2: texture = .blotches(size: Double(side) * (0.08 + 0.3 * place))
    default: texture = .grain
    }
  }

  /// The grey at a pixel; it may be a little outside of 0 to 255.
  package func gray(_ column: Int, _ row: Int) -> Double {
    base + strength * (deviation(column, row) - 0.5)
  }

  /// 0 to 1, 0.5 in the middle.
  private func deviation(_ column: Int, _ row: Int) -> Double {
    switch texture {
    case .plain: return 0.5
    case .gradient(let angle):
      let middle = Double(side - 1) / 2
      let along = cos(angle) * (Double(column) - middle) + sin(angle) * (Double(row) - middle)
      // Half the picture's diagonal reaches from the middle to the farthest pixel.
      return 0.5 + along / (2 * middle * 2.0.squareRoot())
    case .blotches(let size):
      return ValueNoise.smooth(Double(column) / size, Double(row) / size, salt)
    case .grain: return ValueNoise.value(column, row, salt)
    }
  }
}
