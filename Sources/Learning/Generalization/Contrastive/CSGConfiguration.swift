import Backbones

/// The settings of CSG, by the names of the paper's symbols (ALGORITHM.md §2).
public struct CSGConfiguration: Sendable, Equatable {
  /// λ, the weight of each stage's loss.
  public var lambda: Double
  /// 𝒢, the stages that get a loss.
  public var stages: [Stage]
  /// n, the cells along each side of a stage's map that are pooled by themselves (the paper's dense loss); 1 for the
  /// whole map.
  public var grid: Int
  /// g, the pooling.
  public var pooling: Pooling
  /// K, the negatives kept for each stage.
  public var queueCapacity: Int
  /// τ.
  public var temperature: Double
  /// m and its ramp.
  public var average: MovingAverage
  /// The outputs of the projection heads.
  public var dimension: Int
  /// Whether the projection heads learn; as released, segmentation leaves them random.
  public var trainsProjectionHeads: Bool

  /// The paper's settings for classification.
  public init(
    lambda: Double = 0.1, stages: [Stage] = [.layer3, .layer4], grid: Int = 1,
    pooling: Pooling = .attention,
    queueCapacity: Int = 65_536, temperature: Double = 0.07, average: MovingAverage = .init(),
    dimension: Int = 128, trainsProjectionHeads: Bool = true
  ) {
    self.lambda = lambda
    self.stages = stages.sorted()
    self.grid = grid
    self.pooling = pooling
    self.queueCapacity = queueCapacity
    self.temperature = temperature
    self.average = average
    self.dimension = dimension
    self.trainsProjectionHeads = trainsProjectionHeads
  }
}
