import ArgumentParsing
import Backbones
import Generalization
import Torch
import TorchNN
import Training

/// What peer.py wrote for segmentation: a segmenter with its teacher, crops and a whole image.
struct Scenes {
  private static let queueCapacity = 65_536

  private let file: Workload

  /// Reads the file.
  init(_ path: String) throws {
    file = try Workload(path)
  }

  /// The whole image, 1×3×1024×2048.
  func image() throws -> Tensor { try file.tensor("image") }

  /// The student.
  func segmenter() throws -> ImageSegmenter {
    let segmenter = try ImageSegmenter(backbone: backbone("encoder_q."), classes: 19, dropout: 0)
    try segmenter.head.load(file.state.below("encoder_q.fc_new."))
    return segmenter
  }

  /// CSG with the teacher, the heads and the queues of the file.
  func csg() throws -> CSG {
    let csg = try CSG(
      CSGConfiguration(lambda: 75, grid: 8, queueCapacity: Self.queueCapacity),
      teacher: backbone("encoder_k."), generator: Generator(seed: 0), device: .cpu)
    try csg.load(file.state)
    return csg
  }

  /// Two crops in two views.
  func crops() throws -> Stepper.Input {
    Stepper.Input(
      query: try file.tensor("query"), key: try file.tensor("key"),
      labels: try file.tensor("labels"))
  }

  private func backbone(_ prefix: String) throws -> any Backbone {
    let backbone = try BackboneDefinition.resnet50.make(outputStride: 8)
    try backbone.load(file.encoder(prefix))
    return backbone
  }
}
