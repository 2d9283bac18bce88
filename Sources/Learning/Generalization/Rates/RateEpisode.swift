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
