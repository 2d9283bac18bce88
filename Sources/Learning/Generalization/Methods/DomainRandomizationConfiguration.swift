import Backbones

/// The settings of `DomainRandomization`.
public struct DomainRandomizationConfiguration: Sendable, Equatable {
  /// K, the versions of each image in styles of real ones.
  public var styleCount: Int
  /// λ, the weight of each stage's consistency.
  public var lambda: Double
  /// The weight of the task loss averaged over the styled versions; that of the image itself has weight 1.
  public var taskWeight: Double
  /// The stages whose maps are to be consistent.
  public var stages: [Stage]
  /// The levels that maps are pooled to.
  public var pyramid: PyramidConsistency

  /// Settings for few styles a step; their weight is ours.
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
