import Backbones
import Inference
import Registry
import YAML

/// `model`: the network and where its weights come from.
public struct ModelRecipe: Sendable, Equatable {
  /// `backbone`.
  public var backbone: BackboneDefinition
  /// `weights`: `imagenet`, `random` or a path.
  public var weights: FirstWeights
  /// The new head: `head_width` for classifiers, `head` for segmenters.
  public var head: NetworkDescription.Head

  init(_ mapping: inout YAMLMapping, _ task: TaskName, _ registry: Registry) throws {
    backbone = try registry.backbone(
      named: mapping.choice(
        "backbone", among: registry.backboneNames, default: TaskDefaults(task).backbone.name))
    weights = FirstWeights(try mapping.string("weights", default: "imagenet"))
    head =
      switch task {
      case .classification:
        .classifier(width: try mapping.int("head_width", default: 512, in: 1...65_536))
      case .segmentation:
        .segmenter(try mapping.choice("head", default: .aspp))
      }
  }

  var yaml: YAMLValue {
    let head: YAMLValue.Member =
      switch head {
      case .classifier(let width): .init(key: "head_width", value: .integer(width))
      case .segmenter(let name): .init(key: "head", value: .string(name.rawValue))
      }
    return .mapping([
      .init(key: "backbone", value: .string(backbone.name)),
      .init(key: "weights", value: .string(weights.text)),
      head,
    ])
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
