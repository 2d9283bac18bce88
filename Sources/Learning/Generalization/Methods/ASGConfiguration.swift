import Settings

/// The settings of `ASG`.
public struct ASGConfiguration: Sendable, Equatable {
  /// λ, the weight of the divergence.
  public var lambda: Double
  /// Whether the ImageNet classifier sees every place of the last map, as for segmentation, or only its mean.
  public var isDense: Bool

  /// The paper's settings for classification; for segmentation they are 75 and dense.
  public init(lambda: Double = 0.1, isDense: Bool = false) {
    self.lambda = lambda
    self.isDense = isDense
  }
}

extension ASGConfiguration: MethodConfiguration {
  /// `asg`.
  public static let name = "asg"
  /// A one-line description.
  public static let summary =
    "Automated Synthetic-to-real Generalization: the ImageNet classifier's answers stay (Chen et al. 2020)."

  /// λ.
  public static let settings: [Setting<ASGConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of the divergence.")
  ]

  /// The paper's settings: for labelled pixels, the dense form with λ = 75.
  public static func standard(for labels: LabelScope) -> ASGConfiguration {
    switch labels {
    case .image: .init()
    case .pixel: .init(lambda: 75, isDense: true)
    }
  }

  /// ASG towards a teacher with the student's first weights.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try ASG(self, teacher: start.makeTeacher(), device: start.device)
  }
}
