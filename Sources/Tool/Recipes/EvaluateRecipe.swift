import Backbones
import Inference
import Runs
import YAML

/// `evaluate`: when and how the network is judged.
public struct EvaluateRecipe: Sendable, Equatable {
  /// `batch_size`: the number of images in a batch.
  public var batchSize: Int
  /// `every`: the number of iterations between evaluations; nil for once per epoch. The end is always evaluated.
  public var every: Int?
  /// `mirror`: whether the prediction is averaged with that of the mirror image (Algorithm.md §7).
  public var mirrors: Bool
  /// `tile`: the side of the pieces that large images are judged in, in pixels; nil for whole images.
  public var tile: Int?
  /// `overlap`: the number of pixels by which two pieces overlap.
  public var overlap: Int
  /// `precision`: the precision of the backbone's passes in evaluations; bf16 is faster only on CUDA devices.
  public var precision: Precision
  /// `selection`: nil means `source` where there are held-out data, else `last`.
  public var selection: SelectionRule?

  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    batchSize = try mapping.int("batch_size", default: 32, in: 1...)
    every = try mapping.optionalInt("every", in: 1...)
    mirrors = try mapping.bool("mirror", default: TaskDefaults(task).mirrorsInEvaluation)
    tile = task == .segmentation ? try mapping.optionalInt("tile", in: 32...16_384) : nil
    overlap = try tile.map { try mapping.int("overlap", default: $0 / 4, in: 0..<$0) } ?? 0
    precision = try mapping.choice("precision", default: .float32)
    selection = try mapping.optionalChoice("selection")
  }

  var yaml: YAMLValue {
    var members: [YAMLValue.Member] = [
      .init(key: "batch_size", value: .integer(batchSize)),
      .init(key: "mirror", value: .boolean(mirrors)),
      .init(key: "precision", value: .string(precision.rawValue)),
    ]
    if let every { members.append(.init(key: "every", value: .integer(every))) }
    if let tile {
      members.append(.init(key: "tile", value: .integer(tile)))
      members.append(.init(key: "overlap", value: .integer(overlap)))
    }
    if let selection {
      members.append(.init(key: "selection", value: .string(selection.rawValue)))
    }
    return .mapping(members)
  }
}
