/// How the weights of the student are averaged over the steps of a run.
///
/// The averaged student is judged and saved beside the student itself; it changes no step.
public enum WeightAveraging: Sendable, Equatable {
  /// θ̄ ← d·θ̄ + (1 − d)·θ after every step, from the weights after the first one (Polyak & Juditsky 1992).
  case exponential(decay: Double)
  /// The mean of the weights after every step of the last part of a run (Izmailov et al. 2018); `start` is the share of the
  /// steps before it.
  case uniform(start: Double)
  /// The mean of the weights after every step between two evaluations that the losses on held-out synthetic images choose: SWAD
  /// (Cha et al. 2021). The run ends where the mean does.
  case flat(SWADRule.Settings)

  /// The name in recipes and records.
  public var name: String {
    switch self {
    case .exponential: "ema"
    case .uniform: "swa"
    case .flat: "swad"
    }
  }

  /// What is averaged, in words.
  var label: String {
    switch self {
    case .exponential(let decay): "exponential moving average, decay \(decay)"
    case .uniform(let start): "mean of the weights from \(start) of the run on"
    case .flat(let settings):
      "SWAD: mean of the weights around the lowest loss on held-out synthetic images, tolerance \(settings.tolerance)"
    }
  }

  /// Whether losses on held-out data choose the steps, and so the one average of a run.
  var isChosenByLosses: Bool { if case .flat = self { true } else { false } }
}
