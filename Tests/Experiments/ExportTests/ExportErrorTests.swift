import Backbones
import DataTestSupport
import Export
import Foundation
import Inference
import Registry
import Runs
import Testing
import Torch
import TorchNN

/// A backbone with an operation that a graph does not have.
private final class CubicNetwork: Backbone {
  let stem: Convolution2d
  let imageNetClassifier: Linear?
  let channels: [Stage: Int] = [.layer4: 4]
  let pixelScaling = PixelScaling.imageNet
  var recomputes = false

  init() throws {
    stem = try Convolution2d(3, 4, kernel: 3)
    imageNetClassifier = try Linear(4, 1000)
  }

  func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    FeatureMaps(stages: [:], last: try stem(images).power(3))
  }
}

@Suite struct ExportErrorTests {
  @Test func aBackboneThatCannotBeExpressedIsNamedWithItsOperation() throws {
    let cubic = BackboneDefinition("cubic") { _ in try CubicNetwork() }
    let registry = Registry.standard.adding(backbone: cubic)
    let description = NetworkDescription(
      task: .classification, backbone: cubic, head: .classifier(width: 2), firstWeights: .random)
    let folder = try TemporaryFolder()
    let network = try description.makeNetwork(classes: 2)
    try Checkpoint(
      iteration: 1, seconds: 1, recipe: nil, classes: ["a", "b"], evaluations: [],
      taskMetadata: ["network": description.json()],
      tensors: StateDict(network.namedTensors().map { $0.prefixed("encoder_q.") })
    ).write(to: folder.path("checkpoint.safetensors"))

    let graph = folder.path("model.onnx")
    let error = #expect(throws: ExportError.self) {
      try CheckpointExport.export(
        folder.path("checkpoint.safetensors"), to: graph, registry: registry)
    }
    let sentence = "\(try #require(error))"
    #expect(sentence.contains("'cubic'") && sentence.contains("'power'"), "\(sentence)")
    #expect(!FileManager.default.fileExists(atPath: graph))
    // Weights need no graph.
    try CheckpointExport.export(
      folder.path("checkpoint.safetensors"), to: folder.path("model.pth"), registry: registry)
    #expect(FileManager.default.fileExists(atPath: folder.path("model.pth")))
  }
}
