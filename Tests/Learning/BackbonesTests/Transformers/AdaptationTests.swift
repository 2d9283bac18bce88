import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Which weights of a backbone are trained.
@Suite struct AdaptationTests {
  private let images: Tensor

  init() throws {
    images = try Filling.uniform("input", [2, 3, 16, 16], -2, 2)
  }

  private func network(_ adaptation: Adaptation, swiGLU: Bool = false) throws -> VisionTransformer {
    let network = try SmallTransformer.make(.dinov2, usesSwiGLU: swiGLU)
    try Filling.fill(network)
    try adaptation.apply(to: network, using: Generator(seed: 3))
    return network
  }

  private func trained(_ network: VisionTransformer) -> [NamedTensor] {
    network.namedParameters().filter(\.tensor.requiresGradient)
  }

  private func count(_ network: VisionTransformer) -> Int {
    trained(network).reduce(0) { $0 + $1.tensor.count }
  }

  @Test func theNumberOfTrainedParameters() throws {
    let all = try network(.full)
    #expect(trained(all).count == all.namedParameters().count)
    #expect(try trained(network(.head)).isEmpty)
    // Rank 2, width 16: queries, keys and values 2·(16 + 48), the others 2·(16 + 16), 2·(16 + 64) and 2·(64 + 16).
    let low = try network(.lowRank(.init(rank: 2)))
    #expect(trained(low).reduce(0) { $0 + $1.tensor.count } == 8 * (128 + 64 + 160 + 160))
    let few = try network(.lowRank(.init(rank: 2, layers: [.qkv], firstBlock: 6)))
    #expect(
      trained(few).map(\.name) == [
        "blocks.6.attn.qkv.lora.a", "blocks.6.attn.qkv.lora.b", "blocks.7.attn.qkv.lora.a",
        "blocks.7.attn.qkv.lora.b",
      ])
    let gated = try network(
      .lowRank(.init(rank: 1, layers: [.fc1, .fc2], firstBlock: 7)), swiGLU: true)
    #expect(trained(gated).map(\.name).contains("blocks.7.mlp.w12.lora.a"))
    #expect(trained(gated).count == 4)
    let minor = try network(.lowRank(.minorComponents(rank: 2, firstBlock: 4)))
    #expect(count(minor) == 4 * (128 + 64 + 160 + 160))
    // 5 tokens of rank 2 after each block, two layers of 16 × 17 and the scale.
    let tokens = try network(.tokens(.init(count: 5, rank: 2)))
    let (ofTokens, ofLayers) = (8 * 42, 2 * 272)
    #expect(count(tokens) == ofTokens + ofLayers + 1)
    #expect(trained(tokens).allSatisfy { $0.name.hasPrefix("rein.") })
  }

  @Test func nothingChangesAtTheStart() throws {
    let plain = try network(.full)
    let adapted = try network(.lowRank(.init()))
    try withoutGradients {
      try expectClose(
        adapted.features(of: images, stages: []).last, plain.features(of: images, stages: []).last,
        within: 0)
    }
    let merged = try adapted.stateDict().mergingAdapters()
    for (key, tensor) in plain.stateDict() {
      try expectClose(#require(merged[key]), tensor, within: 0, key)
    }
    #expect(merged.count == plain.stateDict().count && !merged.hasAdapters)
  }

  @Test func minorComponentsChangeNothingAtTheStart() throws {
    let plain = try network(.full)
    // A rank above that of a weight takes all of it.
    let adapted = try network(.lowRank(.minorComponents(rank: 40, firstBlock: 0)))
    try withoutGradients {
      let expected = try plain.features(of: images, stages: []).last
      try expectClose(adapted.features(of: images, stages: []).last, expected, within: 1e-5)
      let merged = try network(.full)
      try merged.load(adapted.stateDict().mergingAdapters())
      try expectClose(merged.features(of: images, stages: []).last, expected, within: 1e-6)
      let weight = try #require(adapted.stateDict()["blocks.0.attn.qkv.weight"])
      #expect(try weight.absolute().max().item() < 1e-6)
      // What is left is trained from its smallest components on, the published weights are elsewhere.
      let few = try network(.lowRank(.minorComponents(rank: 2, firstBlock: 3)))
      let first = try #require(few.stateDict()["blocks.2.attn.qkv.weight"])
      try expectClose(first, #require(plain.stateDict()["blocks.2.attn.qkv.weight"]), within: 0)
    }
  }

  @Test func learntTokensChangeNothingAtTheStartAndTheyLearn() throws {
    let plain = try network(.full)
    let adapted = try network(.tokens(.init(count: 5, rank: 2)))
    let expected = try withoutGradients {
      try plain.features(of: images, stages: [.layer2]).pooled()
    }
    let found = try adapted.features(of: images, stages: [.layer2]).pooled()
    try expectClose(found, expected, within: 0)
    try found.power(2).sum().backward()
    let state = adapted.stateDict()
    for key in ["feature_layer.weight", "feature_layer.bias"] {
      let parameter = try #require(state["rein." + key])
      let gradient = try #require(try parameter.gradient())
      #expect(try gradient.absolute().max().item() > 0, "\(key)")
    }
    // A network of their own for the student's teacher has none that change nothing.
    #expect(try adapted.effectiveState().keys.allSatisfy { !$0.hasPrefix("rein.") })
    for entry in adapted.namedTensors() where entry.name.hasPrefix("rein.feature_layer") {
      try Filling.fill([entry])
    }
    let other = try network(.full)
    try other.loadAdapted(adapted.effectiveState())
    try withoutGradients {
      let changed = try adapted.features(of: images, stages: []).pooled()
      #expect(try (changed - expected).absolute().max().item() > 1e-5)
      try expectClose(other.features(of: images, stages: []).pooled(), changed, within: 0)
    }
  }

  /// A file may hold anything: without a second token there is nothing to add up.
  @Test(arguments: [(0, 2), (1, 2), (5, 0)])
  func tokensOfAnotherShapeDoNotFit(count: Int, rank: Int) throws {
    let first = "rein.tokens.0.a"
    var state = try network(.tokens(.init(count: 5, rank: 2))).stateDict()
    for (key, tensor) in state where key.hasPrefix("rein.tokens.") {
      let shape = key.hasSuffix(".a") ? [count, rank] : [rank, tensor.shape[1]]
      state[key] = try Tensor.zeros(shape)
    }
    let other = try network(.full)
    let error = #expect(throws: StateDictMismatch.self) { try other.loadAdapted(state) }
    #expect(try #require(error).unexpected.contains(first))
  }

  @Test func tokensAreOfTransformers() throws {
    let resnet = try ResNet(.resnet18, width: 4, imageNetClasses: 4)
    #expect(throws: BackboneError.noTokens) {
      try Adaptation.tokens(.init()).apply(to: resnet, using: Generator(seed: 1))
    }
    #expect(resnet.namedParameters().contains { $0.tensor.requiresGradient })
  }

  /// The merged network computes the same, and the gradients are those of W + s·B·A.
  @Test func mergedIsUnmerged() throws {
    let adapted = try network(.lowRank(.init(rank: 3, alpha: 6)))
    try Filling.fill(adapted.namedTensors().filter { $0.name.hasSuffix(".lora.b") })
    for entry in adapted.namedTensors() where entry.name.hasSuffix(".lora.scale") {
      #expect(try entry.tensor.item() == 2)
    }
    let merged = try network(.full)
    try merged.load(adapted.stateDict().mergingAdapters())
    let expected = try merged.features(of: images, stages: []).pooled()
    let found = try adapted.features(of: images, stages: []).pooled()
    try expectClose(found, expected, within: 1e-5)
    let plain = try withoutGradients {
      try network(.full).features(of: images, stages: []).pooled()
    }
    #expect(try (plain - found).absolute().max().item() > 1e-2)

    try found.power(2).sum().backward()
    try expected.power(2).sum().backward()
    for layer in ["blocks.0.attn.qkv", "blocks.5.mlp.fc2"] {
      let own = Dictionary(
        uniqueKeysWithValues: adapted.namedTensors().map { ($0.name, $0.tensor) })
      let weight = try #require(merged.namedTensors().first { $0.name == "\(layer).weight" }).tensor
      let ofWeight = try #require(try weight.gradient())
      let (a, b) = (try #require(own["\(layer).lora.a"]), try #require(own["\(layer).lora.b"]))
      // ∂/∂A = s·Bᵀ·∂/∂W and ∂/∂B = s·∂/∂W·Aᵀ.
      try expectClose(
        #require(try a.gradient()), b.detached().transposed().matmul(ofWeight) * 2, within: 1e-4)
      try expectClose(
        #require(try b.gradient()), ofWeight.matmul(a.detached().transposed()) * 2, within: 1e-4)
    }
  }

  @Test func aNetworkWithoutSuchLayersIsRefused() throws {
    let resnet = try ResNet(.resnet18, width: 4, imageNetClasses: 4)
    #expect {
      try Adaptation.lowRank(.init()).apply(to: resnet, using: Generator(seed: 1))
    } throws: { "\($0)".contains("transformer") }
    #expect(resnet.namedParameters().contains { $0.tensor.requiresGradient })
    #expect(throws: BackboneError.nothingToAdapt(layers: ["qkv"], firstBlock: 8)) {
      try network(.lowRank(.init(layers: [.qkv], firstBlock: 8)))
    }
  }
}
