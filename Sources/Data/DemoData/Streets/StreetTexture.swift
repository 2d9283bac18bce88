import Foundation

/// How the colour of a surface changes from place to place.
enum StreetTexture {
  /// It does not change.
  case plain
  /// A rough surface, with grains of the given size in metres.
  case rough(grain: Double, strength: Double)
  /// Rows of windows with their own colour, at the given distance in metres.
  case windows(width: Double, height: Double, glass: StreetColor)
  /// Rows of bricks, of the given height in metres.
  case bricks(course: Double, strength: Double)

  /// The colour at place (u, v) of a surface, in metres.
  /// - Parameter salt: a number that distinguishes surfaces.
  func color(_ base: StreetColor, u: Double, v: Double, salt: UInt64) -> StreetColor {
    switch self {
    case .plain: return base
    case .rough(let grain, let strength):
      let noise = ValueNoise.smooth(u / grain, v / grain, salt) - 0.5
      return base * (1 + strength * noise)
    case .windows(let width, let height, let glass):
      let (column, row) = (u / width, v / height)
      let (x, y) = (column - column.rounded(.down), row - row.rounded(.down))
      guard v > height * 0.6, (0.25...0.75).contains(x), (0.2...0.75).contains(y) else {
        return base * (1 + 0.08 * (ValueNoise.smooth(u, v, salt) - 0.5))
      }
      let gleam = ValueNoise.value(Int(column.rounded(.down)), Int(row.rounded(.down)), salt)
      return glass * (0.7 + 0.6 * gleam)
    case .bricks(let course, let strength):
      let row = (v / course).rounded(.down)
      let column = (u / (2.5 * course) + (Int(row) % 2 == 0 ? 0 : 0.5)).rounded(.down)
      return base * (1 + strength * (ValueNoise.value(Int(column), Int(row), salt) - 0.5))
    }
  }
}
