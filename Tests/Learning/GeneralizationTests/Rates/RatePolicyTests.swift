import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// REINFORCE against the expected reward itself, on a toy of two layers, two factors and two decisions.
@Suite struct RatePolicyTests {
  private static let settings: RatePolicySettings = {
    var settings = RatePolicySettings()
    settings.scales = [0, 1]
    settings.width = 3
    return settings
  }()

  /// All choices: of each decision those of both layers.
  private static let sequences: [[[Int]]] = (0..<16).map { number in
    [[number & 1, number >> 1 & 1], [number >> 2 & 1, number >> 3 & 1]]
  }

  /// The rewards of the decisions, of which the second depends on both.
  private static func rewards(_ choices: [[Int]]) -> [Double] {
    let first = Double(choices[0][0]) - 0.5 * Double(choices[0][1])
    return [first, first * Double(choices[1][0]) + 0.3 * Double(choices[1][1]) + 0.7]
  }

  /// A policy with float64 weights, and what it sees.
  private func policy() throws -> (RatePolicy, Tensor) {
    let policy = try RatePolicy(Self.settings)
    try policy.initialize(using: Generator(seed: 3))
    for parameter in policy.namedParameters() {
      try parameter.tensor.replaceStorage(
        parameter.tensor.detached().converted(to: .float64) * 2)
    }
    let features = try Filling.uniform("rates.features", [2, 2, RatePolicy.featureCount], -1, 1)
    return (policy, try features.converted(to: .float64))
  }

  private func logProbabilities(_ policy: RatePolicy, _ features: Tensor) throws -> Tensor {
    let zeros = try Tensor.zeros([2, 2, 3], dtype: .float64)
    return try policy(features, from: .init(hidden: zeros, cell: zeros.clone())).logProbabilities
  }

  /// The probability of each sequence of choices.
  private func probabilities(_ policy: RatePolicy, _ features: Tensor) throws -> [Double] {
    let all: [Double] = try withoutGradients {
      try logProbabilities(policy, features).exp().scalars()
    }
    return Self.sequences.map { choices in
      choices.enumerated().reduce(1.0) { product, decision in
        decision.element.enumerated().reduce(product) {
          $0 * all[(decision.offset * 2 + $1.offset) * 2 + $1.element]
        }
      }
    }
  }

  private func expectedReward(_ policy: RatePolicy, _ features: Tensor) throws -> Double {
    zip(try probabilities(policy, features), Self.sequences).reduce(0) {
      $0 + $1.0 * Self.rewards($1.1).reduce(0, +)
    }
  }

  @Test(arguments: [0, 0.4])
  func theMeanGradientIsThatOfTheExpectedReward(usual: Double) throws {
    let (policy, features) = try policy()
    let likely = try probabilities(policy, features)
    #expect(abs(likely.reduce(0, +) - 1) < 1e-12)
    #expect((likely.max() ?? 0) < 0.5)
    var loss = try Tensor.zeros([], dtype: .float64)
    for (probability, choices) in zip(likely, Self.sequences) {
      let rewards = Self.rewards(choices).map { $0 - usual }
      loss =
        try loss
        + RatePolicy.loss(
          logProbabilities(policy, features), choices: choices,
          advantages: [rewards[0] + rewards[1], rewards[1]]) * probability
    }
    try loss.backward()
    let step = 1e-5
    var largest = 0.0
    for parameter in policy.namedParameters() {
      let gradient: [Double] = try #require(try parameter.tensor.gradient()).scalars()
      let values: [Double] = try parameter.tensor.detached().scalars()
      for place in stride(from: 0, to: values.count, by: 7) {
        func reward(_ shift: Double) throws -> Double {
          var moved = values
          moved[place] += shift
          let tensor = try Tensor(moved, shape: parameter.tensor.shape)
          try withoutGradients { try parameter.tensor.copyInPlace(tensor) }
          return try expectedReward(policy, features)
        }
        let difference = (try reward(step) - reward(-step)) / (2 * step)
        _ = try reward(0)
        #expect(abs(difference + gradient[place]) < 1e-8, "\(parameter.name), \(place)")
        largest = max(largest, abs(difference))
      }
    }
    #expect(largest > 1e-3)
  }
}
