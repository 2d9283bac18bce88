import Settings

/// The settings of `WeightDistance`.
public struct WeightDistanceConfiguration: Sendable, Equatable {
  /// What the Fisher information decides.
  public enum Fisher: String, Sendable, CaseIterable {
    /// Nothing: every weight counts the same.
    case none
    /// How much each weight counts (elastic weight consolidation).
    case diagonal
  }

  /// λ, the weight of the distance.
  public var lambda: Double
  /// Whether the Fisher information weights the terms.
  public var fisher: Fisher
  /// The number of images from which the Fisher information is estimated.
  public var fisherImageCount: Int

  /// Settings with our own default λ; the paper gives none.
  public init(lambda: Double = 0.1, fisher: Fisher = .none, fisherImageCount: Int = 512) {
    self.lambda = lambda
    self.fisher = fisher
    self.fisherImageCount = fisherImageCount
  }
}

extension WeightDistanceConfiguration: MethodConfiguration {
  /// `weight-distance`.
  public static let name = "weight-distance"
  /// A one-line description.
  public static let summary =
    "The ℓ2 distance to the ImageNet weights, or elastic weight consolidation (Kirkpatrick et al. 2017)."

  /// λ, and how the Fisher information is estimated.
  public static let settings: [Setting<WeightDistanceConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of the distance."),
    .choice(
      "fisher", \.fisher, "What weights each parameter's term: nothing, or its Fisher information."),
    .integer(
      "fisher_images", \.fisherImageCount, in: 1...,
      "The images that the Fisher information is estimated on, where it weights.",
      counts: { $0.fisher != .none }),
  ]

  /// The same for all labels.
  public static func standard(for labels: LabelScope) -> WeightDistanceConfiguration { .init() }

  /// The distance to the student's first weights.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try WeightDistance(
      self, student: start.student.backbone, seed: start.seed, device: start.device)
  }
}
