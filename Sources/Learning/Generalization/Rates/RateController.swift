import Foundation
import Torch
import TorchNN

/// Chooses factors on the learning rates of layers by a policy, and lets the policy learn from what came of it.
///
/// A decision is made after each evaluation. Its reward is the change of the figure on held-out data until the next one. After an
/// episode of several decisions the policy takes a step of AdamW by REINFORCE; the usual reward is taken off each reward.
public final class RateController {
  /// What is seen of the training at a decision.
  public struct Observation {
    /// The figure on held-out data, in [0, 1].
    public var figure: Double
    /// The norm of each layer's weights.
    public var norms: [Double]
    /// The share of the run's steps that are over, in [0, 1].
    public var progress: Double

    /// What is seen.
    public init(figure: Double, norms: [Double], progress: Double) {
      self.figure = figure
      self.norms = norms
      self.progress = progress
    }
  }

  /// The share of the usual reward that each episode keeps.
  private static let memory = 0.9

  private let settings: RatePolicySettings
  private let layers: Int
  let policy: RatePolicy
  let optimizer: AdamW
  /// What the policy remembered before the episode.
  var start: LSTM.State
  var episode: RateEpisode
  var record = RateRecord()

  /// A controller of that many layers.
  /// - Parameter generator: draws the first weights of the policy.
  public init(
    layers: Int, _ settings: RatePolicySettings, using generator: Generator
  ) throws(TorchError) {
    self.settings = settings
    self.layers = layers
    policy = try RatePolicy(settings)
    try policy.initialize(using: generator)
    var plain = AdamWConfiguration()
    plain.weightDecay = 0
    optimizer = AdamW([ParameterGroup(policy.namedParameters(), rate: 1)], plain)
    start = try policy.lstm.start(layers)
    episode = RateEpisode(layers: layers)
  }

  /// The factor on each layer's rate; 1 before the first decision.
  public var scales: [Double] {
    guard let chosen = episode.choices.last else { return Array(repeating: 1, count: layers) }
    return chosen.map { settings.scales[$0] }
  }

  /// The number of decisions so far.
  public var decisionCount: Int { record.decisions }

  /// The places of the chosen factors in the list of all.
  public var choices: [Int] { episode.choices.last ?? [] }

  /// Makes the next decision.
  /// - Parameter draw: gives a number of [0, 1) for each layer.
  public func decide(_ seen: Observation, draw: () -> Double) throws {
    var reward = 0.0
    if record.decisions > 0 {
      reward = seen.figure - record.figure
      episode.rewards.append(reward)
    }
    let features = features(seen, reward: reward)
    if episode.rewards.count >= settings.episode { try learn() }
    episode.features.append(features)
    let likely: [Float] = try withoutGradients {
      try policy(episode.featureTensor(), from: start).logProbabilities.scalars()
    }
    let count = settings.scales.count
    let newest = likely.suffix(layers * count).map { exp(Double($0)) }
    episode.choices.append(
      (0..<layers).map { layer in
        Self.choice(newest[layer * count..<(layer + 1) * count], at: draw())
      })
    record.figure = seen.figure
    record.norms = seen.norms
    record.decisions += 1
  }

  /// Takes the choices of another controller in the place of those of the last decision.
  public func take(_ choices: [Int]) {
    guard !episode.choices.isEmpty else { return }
    episode.choices[episode.choices.count - 1] = choices.map {
      min(max($0, 0), settings.scales.count - 1)
    }
  }

  /// A layer's depth, the progress, the figure, its last change, how the norm of the weights has changed, and the last factor; all
  /// about as large.
  private func features(_ seen: Observation, reward: Double) -> [Float] {
    let scales = scales
    return (0..<layers).flatMap { layer -> [Float] in
      let before = layer < record.norms.count ? record.norms[layer] : 0
      let growth = before > 0 ? seen.norms[layer] / before - 1 : 0
      let depth = layers > 1 ? Double(layer) / Double(layers - 1) : 1
      return [depth, seen.progress, seen.figure, 10 * reward, 100 * growth, scales[layer]]
        .map(Float.init)
    }
  }

  /// A step of the policy by the episode; the next one begins where it ended.
  private func learn() throws {
    let features = try episode.featureTensor()
    let rewards = episode.rewards
    let mean = rewards.reduce(0, +) / Double(rewards.count)
    let usual = record.updates > 0 ? record.usualReward : mean
    let advantages = rewards.indices.map { first in
      rewards[first...].reduce(0) { $0 + $1 - usual }
    }
    try RatePolicy.loss(
      policy(features, from: start).logProbabilities, choices: episode.choices,
      advantages: advantages
    ).backward()
    try optimizer.step(learningRate: settings.learningRate)
    try optimizer.clearGradients()
    record.usualReward = Self.memory * usual + (1 - Self.memory) * mean
    record.updates += 1
    start = try withoutGradients { try policy(features, from: start).state }
    episode = RateEpisode(layers: layers)
  }

  private static func choice(_ probabilities: ArraySlice<Double>, at draw: Double) -> Int {
    var sum = 0.0
    for (choice, probability) in probabilities.enumerated() {
      sum += probability
      if draw < sum { return choice }
    }
    // The sum of all is 1 but for its rounding.
    return probabilities.count - 1
  }
}
