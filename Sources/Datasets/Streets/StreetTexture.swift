import Foundation

/// How the colour of a surface changes from place to place.
enum StreetTexture {
  /// Not at all.
  case plain
  /// Rough, with grains of so many metres.
  case rough(grain: Double, strength: Double)
  /// Windows in rows, of a colour of their own, so many metres apart.
  case windows(width: Double, height: Double, glass: StreetColor)
  /// Bricks in courses, of so many metres in height.
  case bricks(course: Double, strength: Double)

  /// The colour at place (u, v) of a surface, in metres.
  /// - Parameter salt: tells surfaces apart.
  func color(_ base: StreetColor, u: Double, v: Double, salt: UInt64) -> StreetColor {
    switch self {
    case .plain: return base
    case .rough(let grain, let strength):
      let noise = Self.smoothNoise(u / grain, v / grain, salt) - 0.5
      return base * (1 + strength * noise)
    case .windows(let width, let height, let glass):
      let (column, row) = (u / width, v / height)
      let (x, y) = (column - column.rounded(.down), row - row.rounded(.down))
      guard v > height * 0.6, (0.25...0.75).contains(x), (0.2...0.75).contains(y) else {
        return base * (1 + 0.08 * (Self.smoothNoise(u, v, salt) - 0.5))
      }
      let gleam = Self.noise(Int(column.rounded(.down)), Int(row.rounded(.down)), salt)
      return glass * (0.7 + 0.6 * gleam)
    case .bricks(let course, let strength):
      let row = (v / course).rounded(.down)
      let column = (u / (2.5 * course) + (Int(row) % 2 == 0 ? 0 : 0.5)).rounded(.down)
      return base * (1 + strength * (Self.noise(Int(column), Int(row), salt) - 0.5))
    }
  }

  /// A number of [0, 1) that the whole numbers decide.
  static func noise(_ x: Int, _ y: Int, _ salt: UInt64) -> Double {
    var generator = AddressedGenerator(seed: salt, epoch: x, sample: y, view: 0)
    return Double(generator.next() >> 11) * 0x1p-53
  }

  /// Between the noises of the four whole places around.
  static func smoothNoise(_ x: Double, _ y: Double, _ salt: UInt64) -> Double {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (column, row) = (Int(left), Int(top))
    let (across, down) = (x - left, y - top)
    let above =
      noise(column, row, salt) * (1 - across) + noise(column + 1, row, salt) * across
    let below =
      noise(column, row + 1, salt) * (1 - across) + noise(column + 1, row + 1, salt) * across
    return above * (1 - down) + below * down
  }
}
