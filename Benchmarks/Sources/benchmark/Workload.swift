import ArgumentParsing
import Backbones
import TensorFiles
import Torch
import TorchNN

/// The weights and images that peer.py wrote for both sides.
struct Workload {
  /// Every tensor of the file.
  let state: StateDict

  /// Reads the file.
  init(_ path: String) throws {
    state = try StateDict(TensorFile.read(path))
  }

  /// A tensor of the file.
  func tensor(_ key: String) throws -> Tensor {
    guard let tensor = state[key] else {
      throw ValidationError("The workload has no '\(key)'; make it anew with peer.py workload.")
    }
    return tensor
  }

  /// The student.
  func classifier(_ name: BackboneDefinition) throws -> ImageClassifier {
    let classes = try tensor("encoder_q.fc_new.2.bias").shape[0]
    let hidden = try tensor("encoder_q.fc_new.0.bias").shape[0]
    let network = try ImageClassifier(backbone: name.make(), classes: classes, hidden: hidden)
    try network.backbone.load(encoder())
    try network.head.load(state.below("encoder_q.fc_new."))
    return network
  }

  /// What CSG keeps: heads, queues, and a teacher that equals the student, which the file holds once.
  func contrastiveState() -> StateDict {
    let teacher = encoder().map { key, tensor in ("encoder_k." + key, tensor) }
    return state.merging(teacher) { kept, _ in kept }
  }

  /// The backbone's tensors below `prefix`.
  func encoder(_ prefix: String = "encoder_q.") -> StateDict {
    state.below(prefix).filter { key, _ in
      !key.hasPrefix("fc_new.") && !key.hasPrefix("fc_csg.")
    }
  }
}
