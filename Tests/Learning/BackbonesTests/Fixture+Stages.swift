import Backbones
import ReferenceSupport
import Testing
import Torch

extension Fixture {
  /// Checks the map of every stage of a network, its channels and its size, and the vector that stands for each image.
  func expectStages(of network: any Backbone, on images: Tensor) throws {
    let features = try network.features(of: images, stages: Set(Stage.allCases))
    for stage in Stage.allCases {
      try expect("\(stage)", features[stage])
      #expect(try network.channels[stage] == features[stage].shape[1])
      #expect(try features[stage].shape[2] == images.shape[2] / network.mapStride(of: stage))
    }
    try expect("summary", features.pooled())
  }
}
