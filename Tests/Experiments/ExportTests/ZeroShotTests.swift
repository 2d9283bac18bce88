import Backbones
import DataTestSupport
import Export
import Inference
import ReferenceSupport
import Registry
import Runs
import TensorFiles
import Testing
import Torch
import TorchNN

/// Classifiers of CLIP's embeddings and those of names.
@Suite struct ZeroShotTests {
  private let folder: TemporaryFolder
  private let clip: BackboneDefinition
  private let weights: String

  init() throws {
    folder = try TemporaryFolder()
    weights = folder.path("clip.safetensors")
    clip = BackboneDefinition("small-clip") { _ in
      try VisionTransformer(
        .init(width: 16, depth: 4, heads: 2), family: .clip, patch: 4, imageSize: 16, outputs: 6)
    }
    let network = try clip.make()
    try Filling.fill(network)
    try TensorFile.write(network.stateDict().stored(), to: weights)
  }

  private func embeddings(
    _ tensors: StateDict, _ metadata: [String: String]
  ) throws -> String {
    let path = folder.path("names.safetensors")
    try TensorFile.write(tensors.stored(metadata: metadata), to: path)
    return path
  }

  @Test(arguments: [String?.none, "12.5"])
  func logitsAreScaledCosines(scale: String?) throws {
    let texts = try Filling.uniform("texts", [3, 6], -1, 1)
    var metadata = ["classes": "[\"a cat\",\"b\",\"c\"]"]
    metadata["logit_scale"] = scale
    let output = folder.path("classifier.safetensors")
    try ZeroShotClassifier.write(
      embeddings: embeddings(["embeddings": texts], metadata), backbone: clip,
      weights: .file(weights), to: output)
    let registry = Registry.standard.adding(backbone: clip)
    let trained = try TrainedNetwork(checkpoint: output, device: .cpu, registry: registry)
    #expect(trained.classes == ["a cat", "b", "c"])
    #expect(throws: OutputError.overwritesInput(path: weights)) {
      try ZeroShotClassifier.write(
        embeddings: folder.path("names.safetensors"), backbone: clip, weights: .file(weights),
        to: weights)
    }
    let images = try Filling.uniform("input", [2, 3, 16, 16], -2, 2)
    let network = try #require(try clip.make() as? VisionTransformer)
    try network.loadFirstWeights(at: weights)
    try withoutGradients {
      let image = try #require(try network.outputs(of: images))
      let lengths = try image.power(2).sum([1], keeping: true).squareRoot()
      let others = try texts.power(2).sum([1], keeping: true).squareRoot()
      let cosines = try (image / lengths).matmul((texts / others).transposed())
      try expectClose(
        trained.network(images).logits, cosines * (scale.flatMap(Double.init) ?? 100),
        within: 1e-5)
    }
    try CheckpointExport.export(output, to: folder.path("graph.onnx"), registry: registry)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let texts = try Filling.uniform("texts", [3, 5], -1, 1)
    let fitting = try Filling.uniform("texts", [3, 6], -1, 1)
    let names = ["classes": "[\"a\",\"b\",\"c\"]"]
    let cases: [(StateDict, [String: String])] = [
      (["embeddings": texts], names), (["other": texts], names), (["embeddings": fitting], [:]),
      (["embeddings": fitting], ["classes": "[\"a\",\"a\",\"c\"]"]),
      (["embeddings": fitting], names.merging(["logit_scale": "nan"]) { $1 }),
    ]
    for (tensors, metadata) in cases {
      let path = try embeddings(tensors, metadata)
      let error = #expect(throws: InferenceError.self) {
        try ZeroShotClassifier.write(
          embeddings: path, backbone: clip, weights: .file(weights),
          to: folder.path("classifier.safetensors"))
      }
      let sentence = "\(try #require(error))"
      #expect(sentence.hasPrefix(path))
    }
    #expect(throws: InferenceError.noTextProjection(backbone: "resnet18")) {
      try ZeroShotClassifier.write(
        embeddings: embeddings(["embeddings": texts], names), backbone: .resnet18,
        weights: .random, to: folder.path("classifier.safetensors"))
    }
  }
}
