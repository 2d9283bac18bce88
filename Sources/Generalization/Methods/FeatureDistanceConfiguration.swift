/// The settings of `FeatureDistance`.
public struct FeatureDistanceConfiguration: Sendable, Equatable {
  /// λ, the weight of the distance.
  public var lambda: Double

  /// ROAD's weight by default.
  public init(lambda: Double = 0.1) {
    self.lambda = lambda
  }
}
