import Settings
import Training

/// `train.class_weights`.
extension TrainRecipe {
  private enum ClassWeightsName: String, CaseIterable {
    case none
    case balanced
  }

  static let classWeightsSetting = Setting<TrainRecipe>(
    "class_weights",
    .either([
      .choice(ClassWeightsName.allCases.map(\.rawValue)), .sequence(of: .number(in: 0...)),
      .table(of: .number(in: 0...)),
    ]),
    "How much the classes count in the task loss: all the same, each by its rarity, or numbers by label or by name; the loss is the weighted mean, so it keeps its scale beside the terms of the method.",
    get: { $0.classWeights.settingValue },
    set: { recipe, value in recipe.classWeights = ClassWeights(settingValue: value) })
}

extension ClassWeights {
  fileprivate var settingValue: SettingValue {
    switch self {
    case .none: "none"
    case .balanced: "balanced"
    case .list(let weights): weights.settingValue
    case .named(let weights):
      .mapping(
        weights.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .double($0.value)) })
    }
  }

  fileprivate init(settingValue: SettingValue) {
    if let weights = [Double](settingValue: settingValue) {
      self = .list(weights)
    } else if case .mapping(let members) = settingValue {
      var weights: [String: Double] = [:]
      for member in members { weights[member.key] = Double(settingValue: member.value) }
      self = .named(weights)
    } else {
      self = settingValue == "balanced" ? .balanced : .none
    }
  }
}

/// `train.average` and what belongs to it.
extension TrainRecipe {
  private enum AverageName: String, CaseIterable {
    case none
    case ema
    case swa
  }

  static let averageSettings: [Setting<TrainRecipe>] = [
    .choice(
      "average", \.average,
      "Whether the student's weights are averaged over steps, and judged and saved beside those of the last step: a moving average, or the mean over the end of the run."
    ),
    .number(
      "average_decay", \.averageDecay, in: 0..<1,
      "The share of the moving average that each step keeps.", counts: { $0.average == .ema }),
    .number(
      "average_start", \.averageStart, in: 0..<1,
      "The share of the run before the first step that the mean is over.",
      counts: { $0.average == .swa }),
  ]

  private var average: AverageName {
    get {
      switch averaging {
      case nil: .none
      case .exponential: .ema
      case .uniform: .swa
      }
    }
    set {
      averaging =
        switch newValue {
        case .none: nil
        case .ema: .exponential(decay: 0.999)
        case .swa: .uniform(start: 0.75)
        }
    }
  }

  /// The decay of a moving average; where there is none, what is set here changes nothing.
  private var averageDecay: Double {
    get { if case .exponential(let decay) = averaging { decay } else { 0.999 } }
    set { if average == .ema { averaging = .exponential(decay: newValue) } }
  }

  /// The start of a mean; where there is none, what is set here changes nothing.
  private var averageStart: Double {
    get { if case .uniform(let start) = averaging { start } else { 0.75 } }
    set { if average == .swa { averaging = .uniform(start: newValue) } }
  }
}
