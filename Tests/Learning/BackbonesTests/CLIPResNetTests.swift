import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// CLIP's ResNets, against open_clip and timm with weights under their own keys.
@Suite struct CLIPResNetTests {
  private func network(_ name: String, outputStride: Int = 32) throws -> CLIPResNet {
    let network = try CLIPResNet(
      blockCounts: [2, 1, 2, 1], outputs: 10, outputStride: outputStride, width: 8, heads: 4,
      imageSize: 64)
    try network.load(network.translated(PublishedState.filled(name)))
    return network
  }

  @Test(arguments: [
    ("clip-resnet", [[64, 64]]), ("clip-resnet-timm", [[64, 64], [96, 64]]),
  ])
  func everyStageAndTheEmbedding(name: String, sizes: [[Int]]) throws {
    let network = try network(name)
    for size in sizes {
      let fixture = try Fixture("transformers/\(name)-\(size[0])x\(size[1])")
      let images = try Filling.uniform("input", [2, 3] + size, -2, 2)
      try withoutGradients {
        try fixture.expectStages(of: network, on: images)
        try fixture.expect("outputs", network.outputs(of: images))
      }
    }
  }

  @Test func dilatedStagesKeepTheResolution() throws {
    let network = try network("clip-resnet", outputStride: 8)
    let fixture = try Fixture("transformers/clip-resnet-dilated-64x96")
    let images = try Filling.uniform("input", [2, 3, 64, 96], -2, 2)
    try withoutGradients {
      let features = try network.features(of: images, stages: Set(Stage.allCases))
      for stage in Stage.allCases { try fixture.expect("\(stage)", features[stage]) }
      #expect(features.last.shape == [2, 256, 8, 12] && features.summary == nil)
    }
  }

  @Test(arguments: [BackboneDefinition.clipResNet50, .clipResNet101])
  func publishedKeysFit(definition: BackboneDefinition) throws {
    struct Published: Decodable {
      let elements: Int
      let keys: [String: [Int]]
    }
    let all = try Fixture.json("transformers/published-keys", as: [String: Published].self)
    let published = try #require(all[definition.name])
    let network = try definition.make()
    let translated = try network.translated(
      published.keys.mapValues { try Tensor.untouchedZeros($0) })
    let own = network.stateDict()
    for (key, tensor) in translated { #expect(own[key]?.shape == tensor.shape, "\(key)") }
    #expect(translated.count > 100)
    #expect(own.values.reduce(0) { $0 + $1.count } == published.elements)
  }

  @Test func everyParameterButTheProjectionLearns() throws {
    let network = try network("clip-resnet")
    network.recomputes = true
    let images = try Filling.uniform("input", [2, 3, 64, 64], -2, 2)
    try network.features(of: images, stages: []).pooled().power(2).sum().backward()
    for entry in network.namedParameters() {
      #expect(
        try (entry.tensor.gradient() == nil) == entry.name.hasPrefix("attnpool.c_proj"),
        "\(entry.name)")
    }
    #expect(network.imageNetClassifier == nil && network.pixelScaling == .clip)
  }
}
