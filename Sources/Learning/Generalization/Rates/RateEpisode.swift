import Torch
import TorchNN

/// The decisions since the policy last learnt.
struct RateEpisode {
  /// The number of layers.
  let layers: Int
  /// What was seen of all layers at each decision, layer by layer.
  var features: [[Float]] = []
  /// What was chosen for each layer.
  var choices: [[Int]] = []
  /// What came of each decision; the last one's is not known yet.
  var rewards: [Double] = []

  /// No decisions yet.
  init(layers: Int) {
    self.layers = layers
  }

  /// What was seen, decisions×layers×features.
  func featureTensor() throws(TorchError) -> Tensor {
    try Tensor(
      Array(features.joined()), shape: [features.count, layers, RatePolicy.featureCount])
  }
}

/// What a controller knows of all its decisions.
struct RateRecord {
  /// Their number.
  var decisions = 0
  /// The number of times that the policy has learnt.
  var updates = 0
  /// The moving average of the rewards.
  var usualReward = 0.0
  /// The figure at the last decision.
  var figure = 0.0
  /// The norms of the layers' weights at the last decision.
  var norms: [Double] = []
}
