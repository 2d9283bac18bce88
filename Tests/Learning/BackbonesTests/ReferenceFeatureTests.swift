import Backbones
import ReferenceSupport
import TensorFiles
import Testing
import Torch
import TorchNN

/// Every stage's features, against PyTorch running the unfolded network.
@Suite struct ReferenceFeatureTests {
  @Test(arguments: [
    ("resnet18-width8", ResNetVariant.resnet18, 8, 10),
    ("resnet50-width8", .resnet50, 8, 10),
    ("resnet50-width64", .resnet50, 64, 1000),
  ])
  func resNet(name: String, variant: ResNetVariant, width: Int, classes: Int) throws {
    let network = try ResNet(variant, width: width, imageNetClasses: classes)
    try Filling.fill(network)
    try expectFeatures(network, "networks/\(name)", shape: [2, 3, 64, 64])
  }

  @Test(arguments: [
    ("efficientnet-lite0-filled", EfficientNetLiteVariant.lite0, [2, 3, 64, 64]),
    ("efficientnet-lite0-filled-odd", .lite0, [1, 3, 75, 66]),
    ("efficientnet-lite1-filled", .lite1, [2, 3, 64, 64]),
    ("efficientnet-lite2-filled", .lite2, [2, 3, 64, 64]),
  ])
  func efficientNetLite(name: String, variant: EfficientNetLiteVariant, shape: [Int]) throws {
    let network = try EfficientNetLite(variant)
    try Filling.fill(network)
    try expectFeatures(network, "networks/\(name)", shape: shape)
  }

  @Test func publishedEfficientNetLite() throws {
    try expectFeatures(
      publishedNetwork(), "networks/efficientnet-lite0-published", shape: [2, 3, 64, 64])
  }

  @Test(arguments: ["chelsea", "coffee", "rocket"])
  func photographsAreRecognised(name: String) throws {
    let network = try publishedNetwork()
    let expected = try Fixture("networks/efficientnet-lite0-photographs")
    let pixels = try Fixture("photographs")[name].converted(to: .float32) / 255
    #expect(network.pixelScaling.mean == [0.5, 0.5, 0.5])
    let image = try ((pixels - 0.5) / 0.5).permuted([2, 0, 1]).unsqueezed(0)
    let logits = try withoutGradients { try network.imageNetLogits(of: image) }
    try expectClose(
      logits.reshaped([-1]), expected["\(name).logits"].reshaped([-1]), within: 1e-4, name)
    let values: [Float] = try logits.scalars()
    let best = values.indices.sorted { values[$0] > values[$1] }.prefix(5)
    let expectedBest = try expected["\(name).top5"].scalars(Int64.self).map(Int.init)
    #expect(Array(best) == expectedBest)
  }

  /// The folded, frozen network is the one that was loaded.
  @Test func freezingChangesNothing() throws {
    let network = try ResNet(.resnet18, width: 8, imageNetClasses: 10)
    try Filling.fill(network)
    try network.freeze()
    try expectFeatures(network, "networks/resnet18-width8", shape: [2, 3, 64, 64])
    try expectFeatures(network, "networks/resnet18-width8", shape: [2, 3, 64, 64])
  }

  private func publishedNetwork() throws -> EfficientNetLite {
    let network = try EfficientNetLite(.lite0)
    let path = try BackboneDefinition.efficientNetLite0.publishedWeights()
    try network.load(StateDict(TensorFile.read(path)))
    return network
  }

  private func expectFeatures(_ network: some Backbone, _ name: String, shape: [Int]) throws {
    let fixture = try Fixture(name)
    let input = try Filling.uniform("input", shape, -2, 2)
    let features = try withoutGradients {
      try network.features(of: input, stages: Set(Stage.allCases))
    }
    for stage in Stage.allCases {
      let map = try features[stage]
      #expect(network.channels[stage] == map.shape[1])
      try fixture.expect("\(stage)", map)
    }
    try expectClose(features.last, features[.layer4], within: 0)
    let logits = try withoutGradients { try network.imageNetLogits(of: input) }
    try fixture.expect("logits", logits)
  }
}
