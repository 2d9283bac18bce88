/// A flat piece of a street's things.
struct StreetSurface {
  /// In which plane it lies, and how far it reaches there.
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
  /// Tells its texture from those of others.
  let salt: UInt64
}
