import Backbones
import Foundation
import ReferenceSupport
import Testing
import Torch
import TorchNN

@Suite struct VisionTransformerTests {
  /// Each stage's map has a place for each patch, whatever the registers.
  @Test(arguments: [VisionTransformerFamily.torchvision, .dinov2Registers, .clip])
  func mapsHaveThePlacesOfPatches(family: VisionTransformerFamily) throws {
    let network = try SmallTransformer.make(family)
    try Filling.fill(network)
    let images = try Filling.uniform("input", [2, 3, 24, 12], -2, 2)
    let features = try withoutGradients {
      try network.features(of: images, stages: Set(Stage.allCases))
    }
    for stage in Stage.allCases {
      #expect(try features[stage].shape == [2, 16, 6, 3])
      #expect(network.mapStride(of: stage) == 4 && network.channels[stage] == 16)
    }
    #expect(try features.pooled().shape == [2, 16])
    #expect(try features.pooled(.layer2).shape == [2, 16])
    let summary = try features.pooled(.layer4)
    try expectClose(summary, features.pooled(), within: 0)
  }

  /// A side that patches do not divide becomes the nearest one that they do.
  @Test func otherSidesAreResized() throws {
    let network = try SmallTransformer.make(.augreg)
    try Filling.fill(network)
    let images = try Filling.uniform("input", [1, 3, 17, 15], -2, 2)
    let resized = try images.upsampledBilinear(height: 16, width: 16, alignCorners: false)
    try withoutGradients {
      let features = try network.features(of: images, stages: [])
      #expect(features.last.shape == [1, 16, 4, 4])
      try expectClose(
        features.last, network.features(of: resized, stages: []).last, within: 0)
    }
  }

  /// Where an image stands matters, also at a size that its positions are brought to.
  @Test(arguments: [
    VisionTransformerFamily.torchvision, .augreg, .dinov2, .dinov2Registers, .clip,
  ])
  func positionsMatterAtEverySize(family: VisionTransformerFamily) throws {
    let network = try SmallTransformer.make(family)
    try Filling.fill(network)
    let image = try Filling.uniform("input", [1, 3, 24, 24], -2, 2)
    try withoutGradients {
      let plain = try network.features(of: image, stages: []).last
      let moved = try network.features(of: image.flipped([3]), stages: []).last
      let difference = try (plain - moved.flipped([3])).absolute().max().item()
      #expect(difference > 1e-3)
    }
  }

  @Test func everyParameterLearnsAndPositionsDoAtOtherSizes() throws {
    let network = try SmallTransformer.make(.dinov2Registers, usesSwiGLU: true)
    try Filling.fill(network)
    let images = try Filling.uniform("input", [2, 3, 20, 12], -2, 2)
    let features = try network.features(of: images, stages: [.layer2])
    try (features.pooled().power(2).sum() + features[.layer2].power(2).sum()).backward()
    for entry in network.namedParameters() {
      let gradient = try #require(try entry.tensor.gradient(), "\(entry.name)")
      #expect(try gradient.absolute().max().item() > 0, "\(entry.name)")
    }
  }

  @Test func classifiersAreFrozenAndOfImageNetAlone() throws {
    let vit = try SmallTransformer.make(.torchvision)
    #expect(vit.imageNetClassifier != nil)
    #expect(
      vit.namedParameters().filter { !$0.tensor.requiresGradient }.map(\.name)
        == ["head.weight", "head.bias"])
    let clip = try SmallTransformer.make(.clip)
    #expect(clip.imageNetClassifier == nil)
    #expect(throws: BackboneError.noImageNetClassifier) {
      try clip.imageNetLogits(of: .zeros([1, 3, 16, 16]))
    }
    #expect(
      try SmallTransformer.make(.dinov2).namedTensors().allSatisfy { $0.name != "head.weight" })
  }

  @Test func aClassifierSeesTheClassToken() throws {
    let backbone = try SmallTransformer.make(.dinov2)
    let network = try ImageClassifier(backbone: backbone, classes: 3, hidden: 8)
    try Filling.fill(network.namedTensors())
    let images = try Filling.uniform("input", [2, 3, 16, 16], -2, 2)
    try withoutGradients {
      let output = try network(images)
      let summary = try #require(output.features.summary)
      let head = try #require(network.head as? ClassificationHead)
      try expectClose(output.logits, head(summary), within: 0)
    }
  }

  @Test func bfloat16GivesTheSameWithItsPrecision() throws {
    let network = try SmallTransformer.make(.clip)
    try Filling.fill(network)
    let images = try Filling.uniform("input", [2, 3, 16, 16], -2, 2)
    try withoutGradients {
      let plain = try network.features(of: images, stages: [.layer3], in: .float32)
      let short = try network.features(of: images, stages: [.layer3], in: .bfloat16)
      #expect(try short.pooled().dtype == .float32 && short[.layer3].dtype == .float32)
      try expectClose(short[.layer3], plain[.layer3], within: 0.05)
      try expectClose(short.pooled(), plain.pooled(), within: 0.05)
      let difference = try (short.pooled() - plain.pooled()).absolute().max().item()
      #expect(difference > 0, "nothing ran in bfloat16")
    }
  }

  @Test func whatDoesNotFitIsRefused() {
    for (size, patch) in [
      (VisionTransformerSize(width: 16, depth: 6, heads: 2), 4),
      (.init(width: 16, depth: 8, heads: 3), 4),
      (.init(width: 16, depth: 8, heads: 2), 0),
    ] {
      #expect(throws: TorchError.self) {
        try VisionTransformer(size, family: .augreg, patch: patch, imageSize: 16)
      }
    }
  }

  /// So that `models` can list what would not fit into memory.
  @Test func aNetworkThatIsNotUsedTakesNoMemory() throws {
    let before = try residentBytes()
    let network = try BackboneDefinition.visionTransformers.first { $0.name == "dinov2-giant-14" }?
      .make()
    let grown = try residentBytes() - before
    #expect(try #require(network).parameterCount > 1_100_000_000)
    #expect(grown < 200 << 20, "\(grown) bytes")
  }

  private func residentBytes() throws -> Int {
    let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      .split(separator: " ")
    return try #require(Int(fields[1])) * 4096
  }
}
