import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Networks whose backward pass computes activations again, against the same networks that keep them.
@Suite struct RecomputedPassTests {
  /// Small networks with every kind of block, and how they are used.
  enum Network: String, CaseIterable {
    case basic, bottlenecks, dilated, ibnA, ibnB, efficientNetLite, dilatedEfficientNetLite
    case visionTransformer, convNeXt

    func backbone() throws -> any Backbone {
      switch self {
      case .basic: try ResNet(.resnet18, width: 8, imageNetClasses: 10)
      case .bottlenecks: try ResNet(.resnet50, width: 8, imageNetClasses: 10)
      case .dilated: try ResNet(.resnet50, outputStride: 8, width: 8, imageNetClasses: 10)
      case .ibnA: try ResNet(.resnet50, norms: .ibnA, width: 8, imageNetClasses: 10)
      case .ibnB: try ResNet(.resnet50, norms: .ibnB, width: 8, imageNetClasses: 10)
      case .efficientNetLite: try EfficientNetLite(.lite0)
      case .dilatedEfficientNetLite: try EfficientNetLite(.lite0, outputStride: 8)
      case .visionTransformer: try SmallTransformer.make(.dinov2Registers)
      case .convNeXt:
        try ConvNeXt(
          .init(widths: [8, 16, 24, 32], blockCounts: [1, 1, 2, 1]), imageNetClasses: 10)
      }
    }

    /// Classification, or segmentation where the network is dilated.
    func network() throws -> any TaskNetwork {
      switch self {
      case .dilated, .dilatedEfficientNetLite:
        try ImageSegmenter(backbone: backbone(), classes: 5, width: 8, dropout: 0)
      default: try ImageClassifier(backbone: backbone(), classes: 5, hidden: 16)
      }
    }
  }

  @Test(arguments: Network.allCases)
  func everyNumberIsThatOfThePlainPass(kind: Network) throws {
    let network = try kind.network()
    try Filling.fill(network.namedTensors())
    let (plain, again) = try passes(network, [], .float32)
    #expect(again.gradients.count > 40)
    try again.expect(plain, within: 0, maps: 0)
  }

  /// Maps that the loss looks at add up the same gradients in another order: float64 tells that from a mistake.
  @Test(arguments: Network.allCases)
  func mapsThatTheLossLooksAtToo(kind: Network) throws {
    let network = try kind.network()
    try Filling.fill(network.namedTensors(), in: .float64)
    for stages: Set<Stage> in [[.layer3, .layer4], Set(Stage.allCases)] {
      let (plain, again) = try passes(network, stages, .float32)
      #expect(Set(again.maps.keys) == stages)
      try again.expect(plain, within: 1e-10, maps: 0)
    }
  }

  @Test(arguments: [Network.basic, .ibnB, .efficientNetLite, .visionTransformer, .convNeXt])
  func theSameInBfloat16(kind: Network) throws {
    let network = try kind.network()
    try Filling.fill(network.namedTensors())
    let (plain, again) = try passes(network, [.layer4], .bfloat16)
    try again.expect(plain, within: 0, maps: 0)
  }

  /// Twice through the same weights before one backward pass, as in domain randomisation.
  @Test func gradientsOfTwoPassesAddUp() throws {
    let network = try Network.bottlenecks.network()
    try Filling.fill(network.namedTensors())
    func passes(recomputes: Bool) throws -> ComparedPass {
      network.backbone.recomputes = recomputes
      let (query, key) = try Filling.views("two", 2, size: 64)
      let outputs = try [query, key].map { try network($0) }
      return try ComparedPass(
        outputs[1].features, loss: outputs[0].logits.sum() + outputs[1].logits.sum() * 2,
        tensors: network.namedTensors())
    }
    let plain = try passes(recomputes: false)
    #expect(plain.gradients.count > 40)
    try passes(recomputes: true).expect(plain, within: 1e-6)
  }

  /// What is frozen below all that learns has no backward pass, and so nothing to compute again for it.
  @Test func aFrozenBeginningIsNotComputedAgain() throws {
    let network = try Network.basic.backbone()
    try Filling.fill(network.namedTensors())
    for entry in network.namedParameters() where entry.name.hasPrefix("layer2.") == false {
      try entry.tensor.requireGradient(false)
    }
    network.recomputes = true
    let (images, _) = try Filling.views("images", 2, size: 64)
    let maps = try network.features(of: images, stages: Set(Stage.allCases))
    let recorded = Stage.allCases.filter { maps.stages[$0]?.requiresGradient == true }
    #expect(recorded == [.layer2, .layer3, .layer4])
    try maps.last.power(2).sum().backward()
    for entry in network.namedParameters() {
      #expect(
        try (entry.tensor.gradient() != nil) == entry.name.hasPrefix("layer2."), "\(entry.name)")
    }
  }

  @Test func adaptersOfLaterBlocksLeaveEarlierOnesAlone() throws {
    let network = try SmallTransformer.make(.dinov2)
    try Filling.fill(network.namedTensors())
    network.recomputes = true
    let (images, _) = try Filling.views("images", 2, size: 16)
    func recorded() throws -> [Stage] {
      let maps = try network.features(of: images, stages: Set(Stage.allCases))
      return Stage.allCases.filter { maps.stages[$0]?.requiresGradient == true }
    }
    #expect(try recorded() == Stage.allCases)
    let adaptation = Adaptation.lowRank(.init(rank: 2, firstBlock: 4))
    try adaptation.apply(to: network, using: Generator(seed: 1))
    #expect(try recorded() == [.layer3, .layer4])
    try Adaptation.head.apply(to: network, using: Generator(seed: 1))
    #expect(try recorded().isEmpty)
  }

  private func passes(
    _ network: any TaskNetwork, _ stages: Set<Stage>, _ precision: Precision
  ) throws -> (plain: ComparedPass, again: ComparedPass) {
    var network = network
    network.precision = precision
    func pass(recomputes: Bool) throws -> ComparedPass {
      network.backbone.recomputes = recomputes
      let (images, _) = try Filling.views("images", 2, size: 64)
      let dtype = try #require(network.namedTensors().first).tensor.dtype
      let output = try network(images.converted(to: dtype), stages: stages)
      var loss = try (output.logits * output.logits).mean()
      for stage in stages.sorted() {
        loss = try loss + output.features[stage].power(2).mean()
      }
      return try ComparedPass(output.features, loss: loss, tensors: network.namedTensors())
    }
    return (try pass(recomputes: false), try pass(recomputes: true))
  }
}
