/// A flat surface of a thing in the street.
struct StreetSurface {
  /// The plane of the surface, and its extent in this plane.
  enum Shape {
    /// Facing the camera at distance `z`: a rectangle.
    case front(z: Double, x: ClosedRange<Double>, y: ClosedRange<Double>)
    /// Facing the camera at distance `z`: an ellipse, its edge frayed by a share of its size.
    case ellipse(
      z: Double, x: Double, y: Double, width: Double, height: Double, fraying: Double)
    /// Facing the street at `x`: a rectangle.
    case side(x: Double, y: ClosedRange<Double>, z: ClosedRange<Double>)
    /// Level at height `y`: a rectangle.
    case top(y: Double, x: ClosedRange<Double>, z: ClosedRange<Double>)
  }

  let shape: Shape
  let label: StreetClass
  let color: StreetColor
  let texture: StreetTexture
  /// A number that makes its texture differ from those of other surfaces.
  let salt: UInt64
}
