import Backbones
import Torch
import TorchNN

/// A student of three weights and no images, for losses that are written down.
struct QuadraticNetwork: TaskNetwork {
  let changesInTraining = false

  /// θ, from 0.
  final class Weights: Backbone {
    let theta: Parameter
    let imageNetClassifier: Linear?
    let channels: [Stage: Int] = [:]
    let pixelScaling = PixelScaling.imageNet
    var recomputes = false

    init() throws {
      theta = try Parameter([3])
      try theta.tensor.replaceStorage(theta.tensor.detached().converted(to: .float64))
      imageNetClassifier = try Linear(1, 1)
      try imageNetClassifier?.freeze()
    }

    func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
      FeatureMaps(stages: [:], last: images)
    }
  }

  final class NoHead: Module {}

  let weights: Weights
  var backbone: any Backbone { weights }
  let head: any Module = NoHead()
  var precision = Precision.float32

  init() throws {
    weights = try Weights()
  }

  func callAsFunction(
    _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
  ) throws -> TaskOutput {
    TaskOutput(logits: images, features: try backbone.features(of: images, stages: stages))
  }

  func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor { try logits.sum() }
}
