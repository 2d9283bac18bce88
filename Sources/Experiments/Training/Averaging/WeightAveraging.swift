/// How the weights of the student are averaged over the steps of a run.
///
/// The averaged student is judged and saved beside the student itself; it changes no step.
public enum WeightAveraging: Sendable, Equatable {
  /// θ̄ ← d·θ̄ + (1 − d)·θ after every step, from the weights after the first one (Polyak & Juditsky 1992).
  case exponential(decay: Double)
  /// The mean of the weights after every step of the last part of a run (Izmailov et al. 2018); `start` is the share of the
  /// steps before it.
  case uniform(start: Double)

  /// The name in recipes and records.
  public var name: String {
    switch self {
    case .exponential: "ema"
    case .uniform: "swa"
    }
  }

  /// What is averaged, in words.
  var label: String {
    switch self {
    case .exponential(let decay): "exponential moving average, decay \(decay)"
    case .uniform(let start): "mean of the weights from \(start) of the run on"
    }
  }
}
