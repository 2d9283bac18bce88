import Backbones
import Torch
import TorchNN

/// A backbone of one's own: two convolutions.
final class TwoConvolutions: Backbone {
  let stem: Convolution2d
  let body: Convolution2d
  let imageNetClassifier: Linear?

  let channels: [Stage: Int] = [.layer3: 8, .layer4: 16]
  let pixelScaling = PixelScaling.imageNet
  var recomputes = false

  init() throws {
    stem = try Convolution2d(3, 8, kernel: 3, geometry: .init(stride: 2, padding: .symmetric(1)))
    body = try Convolution2d(8, 16, kernel: 3, geometry: .init(stride: 2, padding: .symmetric(1)))
    imageNetClassifier = try Linear(16, 1000)
    try imageNetClassifier?.freeze()
  }

  func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    let first = try stem(images).relu()
    let last = try body(first).relu()
    return FeatureMaps(stages: [.layer3: first, .layer4: last], last: last)
  }
}

extension BackboneDefinition {
  /// Its registration: a name, and how it is made.
  static let twoConvolutions = BackboneDefinition("two-convolutions") { stride in
    guard stride == 32 else { throw BackboneError.noOutputStride(stride) }
    return try TwoConvolutions()
  }
}
