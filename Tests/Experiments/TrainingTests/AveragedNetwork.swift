import Backbones
import Torch
import TorchNN

/// A network whose head alone is trained, for tests of averages.
struct AveragedNetwork: TaskNetwork {
  private final class NoBackbone: Backbone {
    let scale: Parameter
    let imageNetClassifier: Linear?
    let channels: [Stage: Int] = [:]
    let pixelScaling = PixelScaling.imageNet
    var recomputes = false

    init() throws {
      scale = try Parameter([1])
      imageNetClassifier = try Linear(1, 1)
      try freeze()
    }

    func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
      FeatureMaps(stages: [:], last: images)
    }
  }

  let backbone: any Backbone
  let head: any Module
  var precision = Precision.float32
  let changesInTraining = true

  init(head: any Module) throws {
    backbone = try NoBackbone()
    self.head = head
  }

  func callAsFunction(
    _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
  ) throws -> TaskOutput {
    TaskOutput(logits: images, features: try backbone.features(of: images, stages: stages))
  }

  func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor { try logits.sum() }
}
