import Generalization
import Settings
import Training
import YAML

/// `train`: how long the run is and how its steps are taken.
public struct TrainRecipe: Sendable, Equatable {
  /// `epochs` or `iterations`.
  public var length: RunLength
  /// `batch_size`.
  public var batchSize: Int
  /// `class_weights`: how much the classes count in the task loss.
  public var classWeights: ClassWeights
  /// `average` and what belongs to it: how the student's weights are averaged; nil for not at all.
  public var averaging: WeightAveraging?
  /// `mix_styles` and what belongs to it: how the styles of the student's maps are mixed; nil for not at all.
  public var styleMixing: StyleMixing?
  /// `log_indices`: whether the metrics list the samples of each batch.
  public var logsIndices: Bool
  /// `precision`: the precision of the student's forward pass with gradients.
  public var precision: TrainPrecision
  /// `frozen_precision`: the precision of the passes without gradients: the teacher's, and the student's for the attention of
  /// the key view; the same as `precision` by default.
  public var frozenPrecision: TrainPrecision
  /// `recompute`: whether the backward pass computes the backbone's activations again instead of keeping them.
  public var recomputes: Bool
  /// `accumulate`: in how many parts the student's backbone takes each batch, one after the other.
  public var parts: Int
  /// `cuda_graph`: whether a CUDA device records the passes of a step and replays them, if they are the same in each step.
  public var recordsSteps: Bool

  init(standardIn context: RecipeContext) {
    length = .epochs(context.defaults.epochs)
    batchSize = context.defaults.batchSize
    classWeights = .none
    logsIndices = false
    precision = .float32
    frozenPrecision = .float32
    recomputes = false
    parts = 1
    recordsSteps = true
  }
}

extension TrainRecipe: RecipeSection {
  static func settings(in context: RecipeContext) -> [Setting<TrainRecipe>] {
    [
      Setting(
        "epochs", .integer(in: 1...), "How often the run goes through the data.", at: \.epochs),
      .integer(
        "iterations", \.iterations, in: 1..., absent: "none",
        "Instead of `epochs`: the steps of the run."),
      .integer(
        "batch_size", \.batchSize, in: 1...,
        "The images of a step; a last partial batch is dropped."),
      classWeightsSetting,
    ] + averageSettings + mixingSettings + [
      .boolean(
        "log_indices", \.logsIndices, "Whether the metrics name the samples of each batch."),
      .choice(
        "precision", \.precision,
        "The arithmetic of the student's passes with gradients: `fast` is float32 there, and bf16 in the passes without them on devices that are faster in it."
      ),
      .choice(
        "frozen_precision", \.givenFrozenPrecision, absent: "as `precision`",
        "That of the passes without: the teacher's, and the student's for the attention."),
      .boolean(
        "recompute", \.recomputes,
        "Whether the backward pass computes the backbone's activations again instead of keeping them."
      ),
      .integer(
        "accumulate", \.parts, in: 1...,
        "In how many parts the student's backbone takes each batch, one after the other: gradients are accumulated, and the numbers are those of the whole batch, in less memory, for at most one more forward pass."
      ),
      .boolean(
        "cuda_graph", \.recordsSteps,
        "Whether a CUDA device records the passes of a step and replays them."),
    ]
  }

  private var epochs: Int? {
    get { if case .epochs(let count) = length { count } else { nil } }
    set { if let newValue { length = .epochs(newValue) } }
  }

  private var iterations: Int? {
    get { if case .iterations(let count) = length { count } else { nil } }
    set { if let newValue { length = .iterations(newValue) } }
  }

  private var givenFrozenPrecision: TrainPrecision? {
    get { frozenPrecision }
    set { frozenPrecision = newValue ?? precision }
  }

  mutating func settle(_ mapping: inout YAMLMapping) throws {
    guard mapping.optionalNode("epochs") == nil || mapping.optionalNode("iterations") == nil else {
      throw RecipeError.twoLengths(at: mapping.location.description)
    }
    if mapping.optionalNode("frozen_precision") == nil { frozenPrecision = precision }
  }
}
