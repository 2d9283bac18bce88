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
  public var backbone: BackboneName
  /// `weights`: `imagenet`, `random` or a path.
  public var weights: Weights
  /// `head_width`: the hidden units of the new head.
  public var headWidth: Int

  init(_ mapping: inout YAMLMapping) throws {
    backbone = try mapping.choice("backbone", default: .resnet101)
    weights = Weights(try mapping.string("weights", default: "imagenet"))
    headWidth = try mapping.int("head_width", default: 512, in: 1...65_536)
  }

  var yaml: YAMLValue {
    [
      "backbone": .string(backbone.rawValue),
      "weights": .string(weights.text),
      "head_width": .integer(headWidth),
    ]
  }
}
