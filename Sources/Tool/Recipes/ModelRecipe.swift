import Backbones
import Inference
import Registry
import Settings
import YAML

/// `model`: the network and where its weights come from.
public struct ModelRecipe: Sendable, Equatable {
  /// `backbone`.
  public var backbone: BackboneDefinition
  /// `weights`: `imagenet`, `random` or a path.
  public var weights: FirstWeights
  /// `adapt` and what belongs to it: which weights of the backbone are trained.
  public var adaptation = Adaptation.full
  /// The new head: `head_width` for classifiers, `head` for segmenters.
  public var head: NetworkDescription.Head

  init(standardIn context: RecipeContext) {
    backbone = context.defaults.backbone
    weights = .imageNet
    head = context.task == .classification ? .classifier(width: 512) : .segmenter(.aspp)
  }
}

extension ModelRecipe: RecipeSection {
  static func settings(in context: RecipeContext) -> [Setting<ModelRecipe>] {
    let registry = context.registry
    let backbone = Setting<ModelRecipe>(
      "backbone", .choice(registry.backboneNames), "The network, one of those that 'models' lists.",
      get: { .string($0.backbone.name) },
      set: { model, value in
        guard case .string(let name) = value else { return }
        model.backbone = try registry.backbone(named: name)
      })
    let weights = Setting<ModelRecipe>.text(
      "weights", \.weightsText,
      "Its first weights, the teacher's too: `imagenet` (the backbone's published file), `random` or the path of a file."
    )
    let head: Setting<ModelRecipe> =
      switch context.task {
      case .classification:
        .integer("head_width", \.headWidth, in: 1...65_536, "The hidden units of the new head.")
      case .segmentation: .choice("head", \.headName, "The new head (Algorithm.md §6).")
      }
    return [backbone, weights, head] + adaptationSettings
  }

  private var weightsText: String {
    get { weights.text }
    set { weights = FirstWeights(newValue) }
  }

  private var headWidth: Int {
    get { if case .classifier(let width) = head { width } else { 0 } }
    set { head = .classifier(width: newValue) }
  }

  private var headName: SegmentationHeadName {
    get { if case .segmenter(let name) = head { name } else { .aspp } }
    set { head = .segmenter(newValue) }
  }
}

extension FirstWeights {
  fileprivate init(_ text: String) {
    switch text {
    case "imagenet": self = .imageNet
    case "random": self = .random
    default: self = .file(text)
    }
  }

  fileprivate var text: String {
    switch self {
    case .imageNet: "imagenet"
    case .random: "random"
    case .file(let path): path
    }
  }
}
