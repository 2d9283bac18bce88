import Backbones
import Settings

/// The settings of `DomainRandomization`.
public struct DomainRandomizationConfiguration: Sendable, Equatable {
  /// K, the number of versions of each image in styles of real images.
  public var styleCount: Int
  /// λ, the weight of each stage's consistency.
  public var lambda: Double
  /// The weight of the task loss averaged over the styled versions; the task loss of the image itself has weight 1.
  public var taskWeight: Double
  /// The stages whose maps are to be consistent.
  public var stages: [Stage]
  /// The levels to which maps are pooled.
  public var pyramid: PyramidConsistency

  /// Settings with few styles per step; the default weights are our own choice, not the paper's.
  public init(
    styleCount: Int = 2, lambda: Double = 1, taskWeight: Double = 1,
    stages: [Stage] = [.layer3, .layer4], pyramid: PyramidConsistency = .init()
  ) {
    self.styleCount = styleCount
    self.lambda = lambda
    self.taskWeight = taskWeight
    self.stages = stages.sorted()
    self.pyramid = pyramid
  }
}

extension DomainRandomizationConfiguration: MethodConfiguration {
  /// `domain-randomization`.
  public static let name = "domain-randomization"
  /// A one-line description.
  public static let summary =
    "Domain randomisation with pyramid consistency: every image in real styles too (Yue et al. 2019)."

  /// K, the weights, and what is to be consistent.
  public static let settings: [Setting<DomainRandomizationConfiguration>] = [
    .integer(
      "styles", \.styleCount, in: 1...64, "K, the versions of each image in styles of real ones."),
    .number("lambda", \.lambda, in: 0..., "λ, the weight of each stage's consistency."),
    .number(
      "task_weight", \.taskWeight, in: 0...,
      "The weight of the task loss averaged over the styled versions."),
    .stages("stages", \.stages, "The stages whose maps are to be consistent."),
    .integers(
      "pyramid", \.pyramid.cells, in: 1...64,
      "The cells along each side that maps are pooled to, level by level."),
  ]

  /// The same for all labels.
  public static func standard(
    for labels: LabelScope
  ) -> DomainRandomizationConfiguration { .init() }

  /// The method.
  public func makeMethod(_ start: MethodStart) -> any Method { DomainRandomization(self) }
}
