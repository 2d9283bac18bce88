import Backbones
import Settings

/// `model.adapt` and what belongs to it.
extension ModelRecipe {
  private enum AdaptationName: String, CaseIterable {
    case full
    case head
    case lora
    case soma
    case rein
  }

  static let adaptationSettings: [Setting<ModelRecipe>] = [
    .choice(
      "adapt", \.adapt,
      "Which weights of the backbone are trained: all, none (the head alone learns), or those that are added to a transformer, which stays as it is: changes of low rank (`lora`), its smallest singular components (`soma`), tokens between its blocks (`rein`)."
    ),
    .integer(
      "lora_rank", \.lowRank.rank, in: 1...4096,
      "The rank of what is trained of each layer: 8 for `lora`, 16 for `soma` where none is given.",
      counts: { $0.isOfLowRank }),
    .number(
      "lora_alpha", \.alpha, in: 0...1e6, "The changes are multiplied by this over the rank.",
      counts: { $0.adapt == .lora }),
    lowRankLayers,
    .integer(
      "lora_from", \.lowRank.firstBlock, in: 0...1000,
      "The first block that is trained: 0 for `lora`, 8 for `soma` where none is given.",
      counts: { $0.isOfLowRank }),
    .integer(
      "rein_tokens", \.tokens.count, in: 2...10_000, "The learnt tokens of each block.",
      counts: { $0.adapt == .rein }),
    .integer(
      "rein_rank", \.tokens.rank, in: 1...4096, "The rank of the matrix of a block's tokens.",
      counts: { $0.adapt == .rein }),
  ]

  private static let lowRankLayers: Setting<ModelRecipe> = {
    let kind = SettingKind.sequence(
      of: .choice(LowRankAdaptation.Layer.allCases.map(\.rawValue)))
    return Setting(
      "lora_layers", kind, "The layers of each block that are trained.",
      get: { $0.lowRank.layers.map(\.rawValue).settingValue },
      set: { model, value in
        guard let names = [String](settingValue: value) else {
          throw SettingError("lora_layers", expected: kind, found: value)
        }
        model.lowRank.layers = LowRankAdaptation.Layer.allCases.filter {
          names.contains($0.rawValue)
        }
      }, counts: { $0.isOfLowRank })
  }()

  private var adapt: AdaptationName {
    get {
      switch adaptation {
      case .full: .full
      case .head: .head
      case .lowRank(let adaptation): adaptation.start == .minorComponents ? .soma : .lora
      case .tokens: .rein
      }
    }
    set {
      adaptation =
        switch newValue {
        case .full: .full
        case .head: .head
        case .lora: .lowRank(.init())
        case .soma: .lowRank(.minorComponents())
        case .rein: .tokens(.init())
        }
    }
  }

  private var isOfLowRank: Bool { adapt == .lora || adapt == .soma }

  /// What is trained of low rank; where there is nothing such, what is set here changes nothing.
  private var lowRank: LowRankAdaptation {
    get { if case .lowRank(let adaptation) = adaptation { adaptation } else { .init() } }
    set { if isOfLowRank { adaptation = .lowRank(newValue) } }
  }

  private var alpha: Double {
    get { if case .nothing(let alpha) = lowRank.start { alpha } else { 16 } }
    set { if adapt == .lora { lowRank.start = .nothing(alpha: newValue) } }
  }

  private var tokens: TokenAdaptation {
    get { if case .tokens(let adaptation) = adaptation { adaptation } else { .init() } }
    set { if adapt == .rein { adaptation = .tokens(newValue) } }
  }
}
