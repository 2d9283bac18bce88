import Analysis
import Backbones
import DataTestSupport
import Export
import Foundation
import Inference
import ReferenceSupport
import Registry
import Runs
import TensorFiles
import Testing
import Torch
import TorchNN

/// Files of adapters and head, without the weights that the backbone started from.
@Suite struct AdapterFileTests {
  private let folder: TemporaryFolder
  private let registry: Registry
  private let description: NetworkDescription
  private let weights: String

  init() throws {
    folder = try TemporaryFolder()
    weights = folder.path("published.safetensors")
    let small = BackboneDefinition("small") { _ in
      try VisionTransformer(
        .init(width: 16, depth: 4, heads: 2), family: .dinov2, patch: 4, imageSize: 16)
    }
    registry = Registry.standard.adding(backbone: small)
    description = NetworkDescription(
      task: .classification, backbone: small, head: .classifier(width: 8),
      firstWeights: .file(weights))
    let backbone = try small.make()
    try Filling.fill(backbone)
    try TensorFile.write(backbone.stateDict().stored(), to: weights)
  }

  /// A checkpoint whose adapters are trained.
  private func checkpoint(_ adaptation: Adaptation) throws -> String {
    let network = try description.makeNetwork(classes: 2)
    try network.backbone.loadFirstWeights(at: weights)
    try adaptation.apply(to: network.backbone, using: Generator(seed: 2))
    try Filling.fill(network.headTensors)
    if adaptation != .full {
      try Filling.fill(
        network.backbone.namedParameters().filter {
          $0.tensor.requiresGradient && $0.name.hasSuffix("scale") == false
        })
    } else {
      for entry in network.backbone.namedParameters() {
        let other = try Filling.uniform("other." + entry.name, entry.tensor.shape, -0.1, 0.1)
        try withoutGradients { try entry.tensor.copyInPlace(other) }
      }
    }
    let path = folder.path("checkpoint.safetensors")
    try Checkpoint(
      iteration: 1, seconds: 1, recipe: nil, classes: ["a", "b"], evaluations: [],
      taskMetadata: ["network": description.json()],
      tensors: StateDict(network.namedTensors().map { $0.prefixed("encoder_q.") })
    ).write(to: path)
    return path
  }

  private func logits(_ path: String) throws -> Tensor {
    let trained = try TrainedNetwork(checkpoint: path, device: .cpu, registry: registry)
    let images = try Filling.uniform("input", [2, 3, 16, 16], -2, 2)
    return try withoutGradients { try trained.network(images).logits }
  }

  /// Ways of adapting, with the tensors that they change: three of each layer and four of the head.
  private static let ways: [(Adaptation, Int)] = [
    (.head, 4), (.lowRank(LowRankAdaptation(rank: 2)), 52),
    (.lowRank(.minorComponents(rank: 2, firstBlock: 1)), 40),
    (.tokens(TokenAdaptation(count: 5, rank: 2)), 17),
  ]

  @Test(arguments: ways)
  func changesAreTheNetworkTogetherWithTheFirstWeights(
    adaptation: Adaptation, count: Int
  ) throws {
    let whole = try checkpoint(adaptation)
    let small = folder.path("small.safetensors")
    try CheckpointExport.export(whole, to: small, changesAlone: true, registry: registry)
    #expect(try TensorFile.read(small).entries.count == count)
    let expected = try logits(whole)
    try expectClose(logits(small), expected, within: 1e-5)
    _ = try DiagnosedNetwork(named: "small", checkpoint: small, device: .cpu, registry: registry)
    #expect(throws: TrainingError.changesAlone(path: small)) {
      try description.makeBackbone().loadWeights(at: small)
    }
    // The whole network again, in one file.
    let again = folder.path("again.safetensors")
    try CheckpointExport.export(small, to: again, registry: registry)
    let other = folder.path("other.safetensors")
    try FileManager.default.moveItem(atPath: weights, toPath: other)
    try expectClose(logits(again), expected, within: 1e-5)
    #expect(throws: (any Error).self) { try logits(small) }

    // Other weights in the place of the first ones are noticed.
    let backbone = try description.makeBackbone()
    try TensorFile.write(backbone.stateDict().stored(), to: weights)
    #expect(throws: InferenceError.otherFirstWeights(path: small, weights: weights)) {
      try logits(small)
    }
  }

  /// They used to be dropped without a word, which gave the network as it was before training.
  @Test func adaptersThatCannotBeMergedAreNotLeftOut() throws {
    let whole = try checkpoint(.lowRank(LowRankAdaptation(rank: 2)))
    let (small, student) = (folder.path("small.safetensors"), folder.path("student.pth"))
    try CheckpointExport.export(whole, to: small, changesAlone: true, registry: registry)
    #expect(throws: TrainingError.changesAlone(path: small)) {
      try WeightsConversion.convert(small, to: student, studentOnly: true)
    }

    let file = try TensorFile.read(whole)
    let lost = "blocks.1.attn.qkv.lora.b"
    var half = StateDictionary(metadata: file.metadata)
    for entry in file.entries where entry.name != "encoder_q.\(lost)" {
      half[entry.name] = entry.tensor
    }
    #expect(half.entries.count == file.entries.count - 1)
    try TensorFile.write(half, to: whole)
    for use in [
      { _ = try logits(whole) },
      { try WeightsConversion.convert(whole, to: student, studentOnly: true) },
    ] {
      let error = #expect(throws: TrainingError.self, performing: use)
      #expect("\(try #require(error))".contains("missing \(lost);"))
    }
    #expect(!FileManager.default.fileExists(atPath: student))
  }

  @Test func aBackboneThatWasTrainedIsNoChangeOfLowRank() throws {
    let whole = try checkpoint(.full)
    let error = #expect(throws: InferenceError.self) {
      try CheckpointExport.export(
        whole, to: folder.path("small.safetensors"), changesAlone: true, registry: registry)
    }
    let sentence = "\(try #require(error))"
    #expect(sentence.contains("export the whole network"))
  }
}
