import Backbones
import Inference
import Runs
import Settings
import YAML

/// `evaluate`: when and how the network is judged.
public struct EvaluateRecipe: Sendable, Equatable {
  /// `batch_size`: the number of images in a batch.
  public var batchSize: Int
  /// `every`: the number of iterations between evaluations; nil for once per epoch. The end is always evaluated.
  public var every: Int?
  /// `patience`: the evaluations in a row without a better figure on held-out synthetic images that end the run; nil for a run
  /// of its full length.
  public var patience: Int?
  /// `mirror`: whether the prediction is averaged with that of the mirror image (Algorithm.md §7).
  public var mirrors: Bool
  /// `height`: the height to which images are brought before they are judged, in pixels; nil for their own.
  public var height: Int?
  /// `tile`: the side of the pieces that large images are judged in, in pixels; nil for whole images.
  public var tile: Int?
  /// `overlap`: the number of pixels by which two pieces overlap.
  public var overlap: Int
  /// `precision`: the precision of the backbone's passes in evaluations; bf16 is faster only on CUDA devices.
  public var precision: Precision
  /// `selection`: nil means `source` where there are held-out data, else `last`.
  public var selection: SelectionRule?

  init(standardIn context: RecipeContext) {
    batchSize = 32
    mirrors = context.defaults.mirrorsInEvaluation
    overlap = 0
    precision = .float32
  }
}

extension EvaluateRecipe: RecipeSection {
  static func settings(in context: RecipeContext) -> [Setting<EvaluateRecipe>] {
    settings + (context.task == .segmentation ? sceneSettings : [])
  }

  private static let settings: [Setting<EvaluateRecipe>] = [
    .integer("batch_size", \.batchSize, in: 1...65_536, "The images that are judged at a time."),
    .integer(
      "every", \.every, in: 1..., absent: "once an epoch",
      "The iterations between evaluations; the end is always evaluated."),
    .integer(
      "patience", \.patience, in: 1..., absent: "none",
      "The evaluations in a row without a better figure on held-out synthetic images that end the run before its last step."
    ),
    .boolean(
      "mirror", \.mirrors,
      "Whether the prediction is averaged with that of the mirror image (Algorithm.md §7)."),
    .choice(
      "precision", \.precision, "The arithmetic of the backbone's passes that judge."),
    .choice(
      "selection", \.selection, absent: "`source` where there are held-out data, else `last`",
      "Which checkpoint the final figures are of: the best on held-out synthetic images, the best on the real ones (oracle selection), or the last; of equally good ones the earliest."
    ),
  ]

  private static let sceneSettings: [Setting<EvaluateRecipe>] = [
    .integer(
      "height", \.height, in: 32...16_384, absent: "their own",
      "The height to which images are brought before they are judged, in pixels, such as 512 for Cityscapes at 1024 × 512; labels keep their size."
    ),
    .integer(
      "tile", \.tile, in: 32...16_384, absent: "whole images",
      "The side of the pieces that large images are judged in, in pixels."),
    .integer(
      "overlap", \.givenOverlap, in: 0...16_384, absent: "a quarter of `tile`",
      "The pixels that two pieces share, fewer than `tile`; with `tile` alone."),
  ]

  private var givenOverlap: Int? {
    get { tile == nil ? nil : overlap }
    set { overlap = newValue ?? 0 }
  }

  mutating func settle(_ mapping: inout YAMLMapping) throws {
    if let tile {
      overlap = try mapping.int("overlap", default: tile / 4, in: 0..<tile)
    } else if overlap > 0 {
      throw RecipeError.overlapWithoutTiles(at: mapping.location.description)
    }
  }
}
