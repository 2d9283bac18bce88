import Torch

/// A feature's place in a picture.
public struct PlanePoint: Sendable, Equatable {
  /// To the right.
  public let x: Double
  /// Upwards.
  public let y: Double

  /// A place.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// The rows of N×2 coordinates in float64.
  /// - Throws: `TorchError` for other elements.
  public static func rows(of coordinates: Tensor) throws(TorchError) -> [PlanePoint] {
    let values: [Double] = try coordinates.scalars()
    return stride(from: 0, to: values.count, by: 2).map {
      PlanePoint(x: values[$0], y: values[$0 + 1])
    }
  }
}
