/// The settings of `ASG`.
public struct ASGConfiguration: Sendable, Equatable {
  /// λ, the weight of the divergence.
  public var lambda: Double
  /// Whether the ImageNet classifier sees every place of the last map, as for segmentation, or its mean.
  public var isDense: Bool

  /// The paper's settings for classification; for segmentation they are 75 and dense.
  public init(lambda: Double = 0.1, isDense: Bool = false) {
    self.lambda = lambda
    self.isDense = isDense
  }
}
