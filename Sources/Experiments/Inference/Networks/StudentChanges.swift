import Backbones
import Datasets
import Runs
import TensorFiles
import Torch
import TorchNN

/// What a student has beside the weights that its backbone started from: the head, parts of low rank and learnt tokens. A file of it
/// is small, and is used together with these weights.
package enum StudentChanges {
  /// The tensors of a student that has the weights `first` otherwise.
  ///
  /// Where a part of low rank was split off a weight (SoMA), what was split off is its change too: both become one change of twice the
  /// rank.
  /// - Parameters:
  ///   - student: its backbone's and head's tensors, as in the checkpoint at `path`.
  ///   - first: the backbone's first weights.
  /// - Throws: `InferenceError.trainedThroughout` where other weights of the backbone were trained.
  package static func of(
    _ student: StateDict, from first: StateDict, path: String
  ) throws -> StateDict {
    var changes = StateDict()
    for (key, tensor) in student.sorted(by: { $0.key < $1.key }) {
      guard let start = first[key], start.shape == tensor.shape else {
        changes[key] = tensor
        continue
      }
      let whole = try tensor.detached().converted(to: .float64)
      let difference = try whole - start.detached().converted(to: .float64)
      if try difference.absolute().max().item() == 0 { continue }
      let layer = key.dropLast("weight".count) + "lora."
      guard key.hasSuffix("weight"), let a = student[layer + "a"], let b = student[layer + "b"],
        let scale = student[layer + "scale"]
      else { throw InferenceError.trainedThroughout(path: path, key: key) }
      let split = try difference.singularComponents(a.shape[0], smallest: false)
      let rest = try (difference - split.b.matmul(split.a)).absolute().max().item()
      guard try rest <= 1e-6 * whole.absolute().max().item() else {
        throw InferenceError.trainedThroughout(path: path, key: key)
      }
      changes[layer + "a"] = try .concatenated([a.detached(), split.a.converted(to: .float32)])
      changes[layer + "b"] = try .concatenated(
        [b.detached() * scale.detached(), split.b.converted(to: .float32)], 1)
      changes[layer + "scale"] = try .full([], 1)
    }
    // In the order of keys a part stands before its weight.
    return changes
  }

  /// The whole student again.
  /// - Parameters:
  ///   - mark: the `mark` of the first weights that the changes belong to; nil where they are the whole student.
  ///   - path: the file of the changes.
  /// - Throws: the errors of reading weights; `InferenceError.otherFirstWeights` for weights with another mark.
  package static func completed(
    _ changes: StateDict, mark: String?, of description: NetworkDescription, path: String
  ) throws -> StateDict {
    guard let mark else { return changes }
    let (weights, first) = try firstWeights(of: description, path: path)
    guard try self.mark(of: first) == mark else {
      throw InferenceError.otherFirstWeights(path: path, weights: weights)
    }
    return first.merging(changes) { $1 }
  }

  /// The weights that a described backbone starts from, and their file.
  /// - Throws: `InferenceError.randomFirstWeights` where there is no file.
  package static func firstWeights(
    of description: NetworkDescription, path: String
  ) throws -> (path: String, state: StateDict) {
    guard let weights = try description.firstWeights.path(for: description.backbone) else {
      throw InferenceError.randomFirstWeights(path: path)
    }
    let backbone = try description.makeBackbone()
    try backbone.loadFirstWeights(at: weights)
    return (weights, backbone.stateDict())
  }

  /// A number that tells weights from others: the hash of all tensors by key.
  package static func mark(of state: StateDict) throws -> String {
    let hash = try state.stored().entries.reduce(StableHash.start) { hash, entry in
      entry.tensor.bytes.withUnsafeBytes { StableHash.fnv1a(wordsOf: $0, after: hash) }
    }
    return String(hash, radix: 16)
  }
}
