import Backbones
import Torch
import TorchNN

/// An added backbone: two convolutions; the second gives the last map.
final class SmallNetwork: Backbone {
  let stem: Convolution2d
  let body: Convolution2d
  let imageNetClassifier: Linear?

  let channels: [Stage: Int] = [.stem: 8, .layer4: 16]
  let pixelScaling = PixelScaling.imageNet
  var recomputes = false

  init() throws {
    stem = try Convolution2d(3, 8, kernel: 3, geometry: .init(stride: 2, padding: .symmetric(1)))
    body = try Convolution2d(8, 16, kernel: 16, geometry: .init(stride: 16))
    imageNetClassifier = try Linear(16, 1000)
    try imageNetClassifier?.freeze()
  }

  func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    let first = try stem(images).relu()
    let last = try body(first).relu()
    return FeatureMaps(stages: [.stem: first, .layer4: last], last: last)
  }
}

extension BackboneDefinition {
  static let small = BackboneDefinition("small-network") { stride in
    guard stride == 32 else { throw BackboneError.noOutputStride(stride) }
    return try SmallNetwork()
  }
}
