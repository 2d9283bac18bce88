import Backbones
import Training
import YAML

/// `train`: how long the run is and how its steps are taken.
public struct TrainRecipe: Sendable, Equatable {
  /// `epochs` or `iterations`.
  public var length: RunLength
  /// `batch_size`.
  public var batchSize: Int
  /// `log_indices`: whether the metrics list the samples of each batch.
  public var logsIndices: Bool
  /// `precision`: the precision of the student's forward pass with gradients.
  public var precision: Precision
  /// `frozen_precision`: the precision of the passes without gradients: the teacher's, and the student's for the attention of
  /// the key view; the same as `precision` by default.
  public var frozenPrecision: Precision
  /// `recompute`: whether the backward pass computes the backbone's activations again instead of keeping them.
  public var recomputes: Bool
  /// `cuda_graph`: whether a CUDA device records the passes of a step and replays them, if they are the same in each step; off
  /// by default, because no GPU has run it yet.
  public var recordsSteps: Bool

  init(_ mapping: inout YAMLMapping, _ defaults: TaskDefaults) throws {
    let iterations = try mapping.optionalInt("iterations", in: 1...)
    let epochs = try mapping.optionalInt("epochs", in: 1...)
    if let iterations {
      guard epochs == nil else { throw RecipeError.twoLengths(at: mapping.location.description) }
      length = .iterations(iterations)
    } else {
      length = .epochs(epochs ?? defaults.epochs)
    }
    batchSize = try mapping.int("batch_size", default: defaults.batchSize, in: 1...)
    logsIndices = try mapping.bool("log_indices", default: false)
    precision = try mapping.choice("precision", default: .float32)
    frozenPrecision = try mapping.choice("frozen_precision", default: precision)
    recomputes = try mapping.bool("recompute", default: false)
    recordsSteps = try mapping.bool("cuda_graph", default: false)
  }

  var yaml: YAMLValue {
    let length: YAMLValue.Member =
      switch length {
      case .epochs(let count): .init(key: "epochs", value: .integer(count))
      case .iterations(let count): .init(key: "iterations", value: .integer(count))
      }
    return .mapping([
      length,
      .init(key: "batch_size", value: .integer(batchSize)),
      .init(key: "log_indices", value: .boolean(logsIndices)),
      .init(key: "precision", value: .string(precision.rawValue)),
      .init(key: "frozen_precision", value: .string(frozenPrecision.rawValue)),
      .init(key: "recompute", value: .boolean(recomputes)),
      .init(key: "cuda_graph", value: .boolean(recordsSteps)),
    ])
  }
}
