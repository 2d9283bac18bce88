import Backbones
import Settings

/// The settings of CSG, by the names of the paper's symbols (Algorithm.md §2).
public struct CSGConfiguration: Sendable, Equatable {
  /// λ, the weight of each stage's loss.
  public var lambda: Double
  /// 𝒢, the stages that get a loss.
  public var stages: [Stage]
  /// n, the number of cells along each side of a stage's map; each cell is pooled separately (the paper's dense loss).
  /// 1 stands for the whole map.
  public var grid: Int
  /// g, the pooling.
  public var pooling: Pooling
  /// K, the negatives kept for each stage.
  public var queueCapacity: Int
  /// τ, the temperature.
  public var temperature: Double
  /// The moving average of the key's projection heads: m and its ramp.
  public var average: MovingAverage
  /// The outputs of the projection heads.
  public var dimension: Int
  /// Whether the projection heads are trained; in the released code for segmentation they stay random.
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

extension CSGConfiguration: MethodConfiguration {
  /// `csg`.
  public static let name = "csg"
  /// A one-line description.
  public static let summary =
    "Contrastive Syn-to-Real Generalization (Chen et al., ICLR 2021), the method of this package."

  /// The paper's symbols.
  public static let settings: [Setting<CSGConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of each stage's loss."),
    .stages("stages", \.stages, "𝒢, the stages that get a loss."),
    .integer(
      "grid", \.grid, in: 1...64,
      "The cells along each side of a stage's map that are pooled by themselves; 1 for the whole map."
    ),
    .choice("pooling", \.pooling, "How a map, or a cell of it, becomes one vector."),
    .integer("queue", \.queueCapacity, in: 1..., "K, the negatives kept for each stage."),
    .number("temperature", \.temperature, in: 1e-6..., "τ, what similarities are divided by."),
    .number(
      "momentum", \.average.momentum, in: 0...1,
      "m, the share that the key's projection heads keep in each step."),
    .boolean("ramp", \.average.isRamped, "Whether m grows to its value from 0."),
    .integer("dimension", \.dimension, in: 1...65_536, "The outputs of the projection heads."),
    .choice(
      "projection_heads", \.projectionHeads,
      "Whether the projection heads learn; as released, those of segmentation stay random."),
  ]

  /// The paper's settings: for labelled pixels, the dense loss with λ = 75 over 8 × 8 cells.
  public static func standard(for labels: LabelScope) -> CSGConfiguration {
    switch labels {
    case .image: .init()
    case .pixel: .init(lambda: 75, grid: 8)
    }
  }

  /// CSG towards a teacher with the student's first weights.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try CSG(
      self, teacher: start.makeTeacher(), generator: start.generator, device: start.device)
  }

  private enum ProjectionHeads: String, CaseIterable {
    case trained
    case frozen
  }

  private var projectionHeads: ProjectionHeads {
    get { trainsProjectionHeads ? .trained : .frozen }
    set { trainsProjectionHeads = newValue == .trained }
  }
}
