import Backbones
import Foundation
import Imaging
import Inference
import Recipes
import TensorFiles
import Torch
import TorchNN

/// A checkpoint of a classifier as another program writes it, which says nothing of its network, beside a picture of each class.
struct ReleasedClassifier {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  var checkpoint: String { folder.path + "/released.pth.tar" }
  var data: String { folder.path + "/data" }

  /// Writes both.
  /// - Parameters:
  ///   - red: the red of each class's picture.
  ///   - prepare: gives the network its weights, which are 0 before.
  ///   - change: changes the checkpoint's tensors.
  init(
    classes: [String], metadata: [String: String] = [:], red: (Int) -> UInt8 = { _ in 90 },
    prepare: (ImageClassifier) throws -> Void = { _ in },
    change: (inout StateDict) throws -> Void = { _ in }
  ) throws {
    for (label, name) in classes.enumerated() {
      try FileManager.default.createDirectory(
        atPath: "\(data)/\(name)", withIntermediateDirectories: true)
      try Image(width: 40, height: 36, color: [red(label), 50, 50])
        .writePNG(to: "\(data)/\(name)/0.png")
    }
    let network = try ImageClassifier(
      backbone: ResNet(.resnet18), classes: classes.count, hidden: 4)
    try prepare(network)
    var state = StateDict()
    for entry in network.namedTensors() { state["encoder_q." + entry.name] = entry.tensor }
    try change(&state)
    try TensorFile.write(state.stored(metadata: metadata), to: checkpoint)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The network as a recipe describes it, with these settings of `evaluate`.
  func trained(_ settings: String = "") throws -> TrainedNetwork {
    let recipe = try Recipe(
      text: """
        data: {train: elsewhere, image_size: 32}
        model: {backbone: resnet18, head_width: 4}
        method: {name: csg}
        evaluate: {\(settings)}
        """, source: "recipe.yaml")
    return try TrainedNetwork(
      foreignCheckpoint: checkpoint, description: recipe.networkDescription, classesOfData: data,
      device: .cpu)
  }
}
