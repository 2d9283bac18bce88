import Backbones
import YAML

/// `model`: the network and where its weights come from.
public struct ModelRecipe: Sendable, Equatable {
  /// Where the backbone's first weights come from; the teacher's are the same.
  public enum Weights: Sendable, Equatable {
    /// The published ImageNet weights, found on this machine.
    case imageNet
    /// None: a random start.
    case random
    /// A file.
    case file(String)

    init(_ text: String) {
      switch text {
      case "imagenet": self = .imageNet
      case "random": self = .random
      default: self = .file(text)
      }
    }

    var text: String {
      switch self {
      case .imageNet: "imagenet"
      case .random: "random"
      case .file(let path): path
      }
    }
  }

  /// `backbone`.
  public var backbone: BackboneDefinition
  /// `weights`: `imagenet`, `random` or a path.
  public var weights: Weights
  /// The new head.
  public var head: Head

  /// The task's own layers.
  public enum Head: Sendable, Equatable {
    /// Classification: `head_width` hidden units.
    case classifier(width: Int)
    /// Segmentation: `head`.
    case segmenter(SegmentationHeadName)
  }

  init(_ mapping: inout YAMLMapping, _ task: TaskName, _ registry: Registry) throws {
    backbone = try registry.backbone(
      named: mapping.choice(
        "backbone", among: registry.backboneNames, default: TaskDefaults(task).backbone.name))
    weights = Weights(try mapping.string("weights", default: "imagenet"))
    head =
      switch task {
      case .classification:
        .classifier(width: try mapping.int("head_width", default: 512, in: 1...65_536))
      case .segmentation:
        .segmenter(try mapping.choice("head", default: .aspp))
      }
  }

  /// The file of the first weights; nil for a random start.
  /// - Throws: `BackboneError.weightsNotFound`.
  func weightsPath() throws(BackboneError) -> String? {
    switch weights {
    case .random: nil
    case .imageNet: try backbone.publishedWeights()
    case .file(let path): path
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
