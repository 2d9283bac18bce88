import Backbones
import Settings

/// `model.adapt` and what belongs to it.
extension ModelRecipe {
  private enum AdaptationName: String, CaseIterable {
    case full
    case head
    case lora
  }

  static let adaptationSettings: [Setting<ModelRecipe>] = [
    .choice(
      "adapt", \.adapt,
      "Which weights of the backbone are trained: all, none (the head alone learns), or changes of low rank beside those of a transformer, which stay as they are."
    ),
    .integer(
      "lora_rank", \.lowRank.rank, in: 1...4096, "The rank of the changes.",
      counts: { $0.adapt == .lora }),
    .number(
      "lora_alpha", \.lowRank.alpha, in: 0...1e6,
      "The changes are multiplied by this over the rank.",
      counts: { $0.adapt == .lora }),
    lowRankLayers,
    .integer(
      "lora_from", \.lowRank.firstBlock, in: 0...1000, "The first block that is changed.",
      counts: { $0.adapt == .lora }),
  ]

  private static let lowRankLayers: Setting<ModelRecipe> = {
    let kind = SettingKind.sequence(
      of: .choice(LowRankAdaptation.Layer.allCases.map(\.rawValue)))
    return Setting(
      "lora_layers", kind, "The layers that are changed in each block.",
      get: { $0.lowRank.layers.map(\.rawValue).settingValue },
      set: { model, value in
        guard let names = [String](settingValue: value) else {
          throw SettingError("lora_layers", expected: kind, found: value)
        }
        model.lowRank.layers = LowRankAdaptation.Layer.allCases.filter {
          names.contains($0.rawValue)
        }
      }, counts: { $0.adapt == .lora })
  }()

  private var adapt: AdaptationName {
    get {
      switch adaptation {
      case .full: .full
      case .head: .head
      case .lowRank: .lora
      }
    }
    set {
      adaptation =
        switch newValue {
        case .full: .full
        case .head: .head
        case .lora: .lowRank(.init())
        }
    }
  }

  /// The changes of low rank; where there are none, what is set here changes nothing.
  private var lowRank: LowRankAdaptation {
    get { if case .lowRank(let adaptation) = adaptation { adaptation } else { .init() } }
    set { if adapt == .lora { adaptation = .lowRank(newValue) } }
  }
}
