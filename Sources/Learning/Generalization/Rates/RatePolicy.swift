import Torch
import TorchNN

/// Says how likely each factor on the rate of each layer should be: an LSTM of two layers, whose weights are the same for every
/// layer of the trained network, and which remembers what it has seen of each (Chen et al. 2020; Andrychowicz et al. 2016).
public final class RatePolicy: Module {
  /// The numbers by which a layer is described at a decision.
  public static let featureCount = 6

  /// Looks at the descriptions, one after the other.
  public let lstm: LSTM
  /// Gives a score to each factor.
  public let head: Linear

  /// A policy of zeros; initialise it or load weights.
  public init(_ settings: RatePolicySettings) throws(TorchError) {
    lstm = try LSTM(inputs: Self.featureCount, width: settings.width, layers: 2)
    head = try Linear(settings.width, settings.scales.count)
  }

  /// log π of every factor, T×G×factors, for the descriptions of G layers at T decisions, T×G×features, and what the LSTM
  /// remembers after them.
  public func callAsFunction(
    _ features: Tensor, from state: LSTM.State
  ) throws(TorchError) -> (logProbabilities: Tensor, state: LSTM.State) {
    let (output, next) = try lstm(features, from: state)
    return (try head(output).logSoftmax(2), next)
  }

  /// −Σ_t A_t · Σ_g log π(a_tg): its gradient, with A_t the rewards from decision t on, is on average that of the expected sum
  /// of all rewards, times −1 (REINFORCE; Williams 1992). A number that does not depend on the decision may be taken off A_t.
  /// - Parameters:
  ///   - logProbabilities: T×G×factors.
  ///   - choices: the factor chosen for each layer at each decision, T lists of G.
  ///   - advantages: A, T numbers.
  public static func loss(
    _ logProbabilities: Tensor, choices: [[Int]], advantages: [Double]
  ) throws(TorchError) -> Tensor {
    let count = logProbabilities.shape[2]
    var weights: [Double] = []
    for (chosen, advantage) in zip(choices, advantages) {
      for choice in chosen {
        weights += (0..<count).map { $0 == choice ? -advantage : 0 }
      }
    }
    let all = try Tensor(weights, shape: logProbabilities.shape)
      .converted(to: logProbabilities.dtype)
    return try (logProbabilities * all).sum()
  }
}
