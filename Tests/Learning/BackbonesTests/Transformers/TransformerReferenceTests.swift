import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Every stage of vision transformers, against the publishers' own code, with weights under the publishers' own keys.
@Suite struct TransformerReferenceTests {
  @Test(arguments: [
    ("torchvision", VisionTransformerFamily.torchvision, [[16, 16], [24, 24]]),
    ("augreg", .augreg, [[16, 16], [20, 12]]), ("clip", .clip, [[16, 16], [20, 12]]),
    ("dinov2", .dinov2, [[16, 16], [20, 12]]), ("dinov2-swiglu", .dinov2, [[16, 16], [20, 12]]),
    ("dinov2-registers", .dinov2Registers, [[16, 16], [20, 12]]),
    ("dinov2-timm", .dinov2Registers, [[16, 16], [20, 12]]),
    ("hugging-face-clip", .clip, [[16, 16]]), ("open-ai-clip", .clip, [[16, 16]]),
  ])
  func everyStage(name: String, family: VisionTransformerFamily, sizes: [[Int]]) throws {
    let network = try SmallTransformer.make(family, usesSwiGLU: name == "dinov2-swiglu")
    try network.load(network.translated(PublishedState.filled(name)))
    for size in sizes {
      let fixture = try Fixture("transformers/\(name)-\(size[0])x\(size[1])")
      let images = try Filling.uniform("input", [2, 3] + size, -2, 2)
      try withoutGradients {
        let features = try network.features(of: images, stages: Set(Stage.allCases))
        for stage in Stage.allCases.dropFirst() {
          try fixture.expect("\(stage)", features[stage])
        }
        if fixture.tensors["stem.sample"] != nil {
          try fixture.expect("stem", features[.stem])
        }
        try expectClose(features.last, features[.layer4], within: 0)
        try fixture.expect("summary", features.pooled())
        if fixture.tensors["outputs.sample"] != nil {
          let outputs = try network.outputs(of: images)
          try fixture.expect("outputs", #require(outputs))
        } else {
          #expect(try network.outputs(of: images) == nil)
        }
      }
    }
  }

  /// Networks of the published sizes take every key of the published files, with its shape.
  @Test func publishedKeysFit() throws {
    struct Published: Decodable {
      let elements: Int
      let keys: [String: [Int]]
    }
    // What a file has and the network has not, or the other way round: the token of masked patches, the bias of CLIP's
    // projection, the position of the class token.
    let differences = [
      "dinov2-base-14": 768, "clip-vit-base-16": -512, "clip-vit-large-14": -768,
      "dinov2-large-14-registers": -1024,
    ]
    let all = try Fixture.json("transformers/published-keys", as: [String: Published].self)
    #expect(all.count >= 12)
    for (name, published) in all
    where !["convnext", "clip-resnet"].contains(where: name.hasPrefix) {
      let definition = try #require(
        BackboneDefinition.visionTransformers.first { $0.name == name }, "\(name)")
      let network = try #require(try definition.make() as? VisionTransformer)
      let translated = try network.translated(
        published.keys.mapValues { try Tensor.untouchedZeros($0) })
      let own = network.stateDict().filter { !Self.isOfMiddle($0.key) }
      #expect(Set(translated.keys) == Set(own.keys), "\(name)")
      for (key, tensor) in own { #expect(translated[key]?.shape == tensor.shape, "\(name) \(key)") }
      #expect(
        network.parameterCount == published.elements - (differences[name] ?? 0), "\(name)")
    }
  }

  @Test func definitionsHaveNamesOfTheirOwnAndWeightsToFetch() {
    let definitions = BackboneDefinition.visionTransformers
    #expect(Set(definitions.map(\.name)).count == definitions.count)
    #expect(Set(definitions.compactMap(\.weights?.file)).count == definitions.count)
    #expect(definitions.allSatisfy { $0.weights?.address?.hasPrefix("https://") == true })
  }

  private static func isOfMiddle(_ key: String) -> Bool {
    let parts = key.split(separator: ".")
    return parts.first == "blocks" && (Int(parts[1]) ?? 0) > 1
  }
}
