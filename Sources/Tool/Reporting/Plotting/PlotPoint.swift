/// A point of a figure.
public struct PlotPoint: Sendable, Equatable {
  /// To the right.
  public let x: Double
  /// Upwards.
  public let y: Double

  /// A point.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
