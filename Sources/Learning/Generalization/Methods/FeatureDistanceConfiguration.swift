import Settings

/// The settings of `FeatureDistance`.
public struct FeatureDistanceConfiguration: Sendable, Equatable {
  /// λ, the weight of the distance.
  public var lambda: Double

  /// By default λ is the weight that CSG and ASG have for classification.
  public init(lambda: Double = 0.1) {
    self.lambda = lambda
  }
}

extension FeatureDistanceConfiguration: MethodConfiguration {
  /// `feature-distance`.
  public static let name = "feature-distance"
  /// A one-line description.
  public static let summary =
    "The ℓ2 distance to the ImageNet network's features, as in ROAD (Chen et al. 2018)."

  /// λ.
  public static let settings: [Setting<FeatureDistanceConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of the distance.")
  ]

  /// The same for all labels.
  public static func standard(for labels: LabelScope) -> FeatureDistanceConfiguration { .init() }

  /// The distance to a teacher with the student's first weights.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try FeatureDistance(self, teacher: start.makeTeacher(), device: start.device)
  }
}
