/// The settings of `FeatureDistance`.
public struct FeatureDistanceConfiguration: Sendable, Equatable {
  /// λ, the weight of the distance.
  public var lambda: Double

  /// The weight that CSG and ASG have for classification, by default.
  public init(lambda: Double = 0.1) {
    self.lambda = lambda
  }
}
