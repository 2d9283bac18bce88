import Datasets
import Imaging

/// Random numbers for places in a plane.
enum ValueNoise {
  /// A number in [0, 1) that depends only on the whole numbers.
  static func value(_ x: Int, _ y: Int, _ salt: UInt64) -> Double {
    var generator = AddressedGenerator(seed: salt, for: .place(x: x, y: y))
    return generator.nextUnitDouble()
  }

  /// The interpolation of the numbers at the four surrounding places with whole coordinates.
  static func smooth(_ x: Double, _ y: Double, _ salt: UInt64) -> Double {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (column, row) = (Int(left), Int(top))
    let (across, down) = (x - left, y - top)
    let above =
      value(column, row, salt) * (1 - across) + value(column + 1, row, salt) * across
    let below =
      value(column, row + 1, salt) * (1 - across) + value(column + 1, row + 1, salt) * across
    return above * (1 - down) + below * down
  }
}
