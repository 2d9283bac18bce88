import Backbones
import Foundation
import Imaging
import Inference
import Recipes
import Runs
import TensorFiles
import Testing
import Torch
import TorchNN

/// Judging a checkpoint that says nothing of its network.
@Suite struct ForeignCheckpointTests {
  @Test func recipeNamesTheBackboneAndTheDataTheClasses() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    for (label, name) in ["apple", "bus", "car"].enumerated() {
      try FileManager.default.createDirectory(
        atPath: path("data/\(name)"), withIntermediateDirectories: true)
      try Image(width: 40, height: 36, color: [UInt8(90 * label), 50, 50])
        .writePNG(to: path("data/\(name)/0.png"))
    }
    let network = try ImageClassifier(backbone: ResNet(.resnet18), classes: 3, hidden: 4)
    var state = StateDict()
    for entry in network.namedTensors() { state["encoder_q." + entry.name] = entry.tensor }
    // The head's last bias alone decides: everything is the second class.
    state["encoder_q.fc_new.2.bias"] = try Tensor([0, 1, 0] as [Float])
    state["encoder_q.fc.weight"] = try .zeros([128, 512])
    state["encoder_q.fc.bias"] = try .zeros([128])
    try TensorFile.write(state.stored(metadata: ["epoch": "30"]), to: path("released.pth.tar"))

    let recipe = try Recipe(
      text: """
        data: {train: elsewhere, image_size: 32}
        model: {backbone: resnet18, head_width: 4}
        method: {name: csg}
        """, source: "recipe.yaml")
    let trained = try TrainedNetwork(
      foreignCheckpoint: path("released.pth.tar"), description: recipe.networkDescription,
      classesOfData: path("data"),
      device: .cpu)
    let record = try #require(trained.evaluate(at: [path("data")]).first)
    #expect(record.classAccuracies == ["apple": 0, "bus": 1, "car": 0])
    #expect(record.domain == .real)
    #expect(throws: TrainingError.self) {
      try TrainedNetwork(checkpoint: path("released.pth.tar"), device: .cpu)
    }
  }
}
