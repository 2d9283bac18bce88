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
