import Backbones
import Foundation
import Imaging
import Inference
import Recipes
import ReferenceSupport
import TensorFiles
import Testing
import Torch
import TorchNN

/// The arithmetic that a trained network judges in.
@Suite struct JudgingPrecisionTests {
  @Test func theRecipesUnlessAnotherIsAskedFor() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["apple", "bus"] {
      try FileManager.default.createDirectory(
        atPath: folder.path + "/data/\(name)", withIntermediateDirectories: true)
      try Image(width: 40, height: 36, color: [90, 50, 50])
        .writePNG(to: folder.path + "/data/\(name)/0.png")
    }
    let network = try ImageClassifier(backbone: ResNet(.resnet18), classes: 2, hidden: 4)
    try Filling.fill(network.namedTensors())
    var state = StateDict()
    for entry in network.namedTensors() { state["encoder_q." + entry.name] = entry.tensor }
    try TensorFile.write(state.stored(), to: folder.path + "/released.pth.tar")

    func trained(_ settings: String) throws -> TrainedNetwork {
      let recipe = try Recipe(
        text: """
          data: {train: elsewhere, image_size: 32}
          model: {backbone: resnet18, head_width: 4}
          method: {name: csg}
          evaluate: {\(settings)}
          """, source: "recipe.yaml")
      return try TrainedNetwork(
        foreignCheckpoint: folder.path + "/released.pth.tar",
        description: recipe.networkDescription,
        classesOfData: folder.path + "/data", device: .cpu)
    }
    func score(_ trained: TrainedNetwork) throws -> Double {
      let image = try Image(width: 48, height: 40, color: [200, 20, 120])
      guard case .classes(let classes) = try trained.predict(image) else { return -1 }
      return classes.first { $0.name == "apple" }?.score ?? -1
    }
    let (exact, rounded) = (try score(trained("")), try score(trained("precision: bf16")))
    #expect(exact != rounded)
    #expect(abs(exact - rounded) < 0.02)
    #expect(try score(trained("").judging(in: .bfloat16)) == rounded)
    #expect(try score(trained("precision: bf16").judging(in: .float32)) == exact)
    #expect(try score(trained("precision: bf16").judging(in: nil)) == rounded)
  }
}
