import Settings
import Training

/// `train.average` and what belongs to it.
extension TrainRecipe {
  private enum AverageName: String, CaseIterable {
    case none
    case ema
    case swa
    case swad
  }

  static let averageSettings: [Setting<TrainRecipe>] = [
    .choice(
      "average", \.average,
      "Whether the student's weights are averaged over steps, and judged and saved beside those of the last step: a moving average, the mean over the end of the run, or the mean around the lowest loss on held-out synthetic images (SWAD; Cha et al. 2021), after which the run ends."
    ),
    .number(
      "average_decay", \.averageDecay, in: 0..<1,
      "The share of the moving average that each step keeps.", counts: { $0.average == .ema }),
    .number(
      "average_start", \.averageStart, in: 0..<1,
      "The share of the run before the first step that the mean is over.",
      counts: { $0.average == .swa }),
    .integer(
      "average_start_patience", \.flat.startPatience, in: 1...,
      "Of `swad`: the evaluations in a row of which the first must have the lowest loss, so that the mean starts there.",
      counts: { $0.average == .swad }),
    .integer(
      "average_end_patience", \.flat.endPatience, in: 1...,
      "Of `swad`: the evaluations in a row with a loss above the threshold before which the mean ends.",
      counts: { $0.average == .swad }),
    .number(
      "average_tolerance", \.flat.tolerance, in: 1...,
      "Of `swad`: the threshold as a factor on the mean loss of the evaluations at the start.",
      counts: { $0.average == .swad }),
  ]

  private var average: AverageName {
    get {
      switch averaging {
      case nil: .none
      case .exponential: .ema
      case .uniform: .swa
      case .flat: .swad
      }
    }
    set {
      averaging =
        switch newValue {
        case .none: nil
        case .ema: .exponential(decay: 0.999)
        case .swa: .uniform(start: 0.75)
        case .swad: .flat(SWADRule.Settings())
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

  /// The settings of SWAD; where the average is another, what is set here changes nothing.
  private var flat: SWADRule.Settings {
    get { if case .flat(let settings) = averaging { settings } else { SWADRule.Settings() } }
    set { if average == .swad { averaging = .flat(newValue) } }
  }
}
