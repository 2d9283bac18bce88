import Backbones
import TensorFiles
import Torch
import TorchNN

extension Backbone {
  /// Loads the backbone from a file: published weights, or the student of a checkpoint.
  ///
  /// A released checkpoint's own classifier is narrower than ImageNet's and unused, so that its shape
  /// alone is let pass (ALGORITHM.md §9).
  /// - Throws: `TensorFileError` for an unreadable file, `StateDictMismatch` naming all keys that do not fit.
  public func loadWeights(at path: String) throws {
    var state = try StateDict(TensorFile.read(path))
    let student = state.below(CheckpointKey.student)
    if student.isEmpty {
      try load(state)
      return
    }
    state = student.filter { !$0.key.hasPrefix("fc_new.") && !$0.key.hasPrefix("fc_csg.") }
    let classifier = namedTensors().filter { $0.tensor.shape.first == 1000 }.map(\.name)
    try load(state, optional: classifier.contains)
  }
}
