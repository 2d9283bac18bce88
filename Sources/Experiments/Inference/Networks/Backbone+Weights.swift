import Backbones
import Runs
import TensorFiles
import Torch
import TorchNN

extension Backbone {
  /// Loads the backbone from a file: published weights, or the student of a checkpoint or of a converted one.
  /// - Throws: `TensorFileError` for an unreadable file, `TrainingError.notFinite` for one with NaN or infinity, `.changesAlone` for
  ///   one without the weights that were not trained, `StateDictMismatch` naming all keys that do not fit.
  public func loadWeights(at path: String) throws {
    let file = try TensorFile.read(path)
    guard file.metadata[CheckpointKey.firstWeights] == nil else {
      throw TrainingError.changesAlone(path: path)
    }
    let state = try StateDict(file)
    try state.requireFinite(in: path)
    let student = state.below(CheckpointKey.student)
    if student.isEmpty {
      try load(translated(state.filter { !CheckpointKey.isOfHead($0.key) }))
    } else {
      try loadStudent(student)
    }
  }

  /// Loads the weights that a run starts from.
  /// - Throws: the errors of `loadWeights`; `TrainingError.weightsDoNotFit` for weights of another network.
  public func loadFirstWeights(at path: String) throws {
    do {
      try loadWeights(at: path)
    } catch let mismatch as StateDictMismatch {
      throw TrainingError.weightsDoNotFit(path: path, mismatch: mismatch)
    }
  }

  /// Loads the backbone from the tensors below `encoder_q.`.
  ///
  /// The classifier in a released checkpoint is unused and narrower than ImageNet's, so that only its shape may differ
  /// (Algorithm.md §9).
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  public func loadStudent(_ student: StateDict) throws {
    try loadAdapted(
      student.filter { !CheckpointKey.isOfHead($0.key) }, optional: { $0.hasPrefix("fc.") })
  }
}

extension TaskNetwork {
  /// Loads backbone and head from the tensors below `encoder_q.`.
  /// - Throws: `StateDictMismatch` naming all keys of either that do not fit.
  public func loadStudent(_ student: StateDict) throws {
    try backbone.loadStudent(student)
    try head.load(student.below(Self.headPrefix))
  }
}
