import Datasets

/// Random numbers of places in a plane.
enum ValueNoise {
  /// A number of [0, 1) that the whole numbers decide.
  static func value(_ x: Int, _ y: Int, _ salt: UInt64) -> Double {
    var generator = AddressedGenerator(seed: salt, for: .place(x: x, y: y))
    return Double(generator.next() >> 11) * 0x1p-53
  }

  /// Between the noises of the four whole places around.
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
