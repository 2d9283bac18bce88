import Torch
import TorchNN

/// LoRA (Hu et al. 2022) and SoMA (Yun et al. 2025): each chosen linear layer of a transformer's blocks gets a trained part of low
/// rank, and nothing else of the backbone is trained.
public struct LowRankAdaptation: Sendable, Equatable {
  /// A kind of linear layer in a block.
  public enum Layer: String, Sendable, CaseIterable {
    /// Queries, keys and values of the attention.
    case qkv
    /// The layer after the attention.
    case proj
    /// The first layer of the network of each token.
    case fc1
    /// Its last layer.
    case fc2

    /// The last parts of the layer's key, those of SwiGLU too.
    var names: [String] {
      switch self {
      case .qkv, .proj: [rawValue]
      case .fc1: ["fc1", "w12"]
      case .fc2: ["fc2", "w3"]
      }
    }
  }

  /// What the trained parts are at the start; the network starts as it is either way.
  public enum Start: Sendable, Equatable {
    /// LoRA: nothing, beside the whole weight; `alpha` / rank is their factor.
    case nothing(alpha: Double)
    /// SoMA: the smallest singular components of the weight, which are taken off it.
    case minorComponents
  }

  /// r, the rank of the trained parts. SoMA takes all components of a weight that has fewer; LoRA's factors are of this size for every
  /// weight, so that `alpha` / rank is their factor everywhere.
  public var rank: Int
  /// What they are at the start.
  public var start: Start
  /// The layers that are changed.
  public var layers: [Layer]
  /// The first block that is changed.
  public var firstBlock: Int

  /// LoRA; by default with the settings of the paper for its larger networks, in every layer.
  public init(
    rank: Int = 8, alpha: Double = 16, layers: [Layer] = Layer.allCases, firstBlock: Int = 0
  ) {
    self.rank = rank
    start = .nothing(alpha: alpha)
    self.layers = layers
    self.firstBlock = firstBlock
  }

  /// SoMA; by default with the settings of the paper.
  public static func minorComponents(
    rank: Int = 16, layers: [Layer] = Layer.allCases, firstBlock: Int = 8
  ) -> LowRankAdaptation {
    var adaptation = LowRankAdaptation(rank: rank, layers: layers, firstBlock: firstBlock)
    adaptation.start = .minorComponents
    return adaptation
  }

  func apply(to backbone: any Backbone, using generator: Generator) throws {
    let chosen = backbone.namedModules().filter { isChosen($0.name) }
      .compactMap { $0.module as? Linear }
    guard !chosen.isEmpty else {
      throw BackboneError.nothingToAdapt(
        layers: layers.map(\.rawValue), firstBlock: firstBlock)
    }
    try backbone.freeze()
    for layer in chosen {
      switch start {
      case .nothing(let alpha):
        try layer.adapt(rank: rank, scale: alpha / Double(rank), using: generator)
      case .minorComponents: try layer.adaptMinorComponents(rank: rank)
      }
    }
  }

  /// Whether a key is that of a chosen layer: `blocks.8.attn.qkv`.
  private func isChosen(_ key: String) -> Bool {
    let parts = key.split(separator: ".").map(String.init)
    guard parts.count > 2, parts[0] == "blocks", let block = Int(parts[1]), let last = parts.last
    else { return false }
    return block >= firstBlock && layers.contains { $0.names.contains(last) }
  }
}
