/// A pinhole camera that looks along a street over flat ground: x to the right, y up from the ground, z ahead, in metres.
struct StreetCamera {
  /// The picture's width, in pixels.
  let width: Int
  /// The picture's height, in pixels.
  let height: Int
  /// The height above the ground, in metres.
  let elevation: Double
  /// The focal length, in pixels.
  let focalLength: Double
  /// The row of points at infinite distance.
  let horizon: Double

  /// The column of points straight ahead.
  var center: Double { Double(width) / 2 }

  /// The place in the picture of a point ahead of the camera.
  func project(x: Double, y: Double, z: Double) -> (column: Double, row: Double) {
    (center + focalLength * x / z, horizon + focalLength * (elevation - y) / z)
  }

  /// The x and y of the point that a pixel shows at distance `z`.
  func point(column: Int, row: Int, atDepth z: Double) -> (x: Double, y: Double) {
    (
      (Double(column) + 0.5 - center) * z / focalLength,
      elevation - (Double(row) + 0.5 - horizon) * z / focalLength
    )
  }

  /// The distance at which a pixel shows the plane of all points with this `x`; nil if it never does.
  func depth(column: Int, ofPlaneAtX x: Double) -> Double? {
    let slope = (Double(column) + 0.5 - center) / focalLength
    guard slope * x > 0 else { return nil }
    return x / slope
  }

  /// The distance at which a row shows the plane at height `y`; nil if it never does.
  func depth(row: Int, ofPlaneAtY y: Double) -> Double? {
    let slope = (Double(row) + 0.5 - horizon) / focalLength
    guard slope * (elevation - y) > 0 else { return nil }
    return (elevation - y) / slope
  }
}
