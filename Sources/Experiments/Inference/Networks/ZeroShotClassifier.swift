import Backbones
import Foundation
import Runs
import TensorFiles
import Torch
import TorchNN

/// Makes a classifier of a network that compares images with texts, from the embeddings of the names of classes, without any training
/// (Radford et al. 2021).
public enum ZeroShotClassifier {
  /// The factor of cosines where the file of embeddings says none: that of OpenAI's networks.
  static let usualScale = 100.0

  /// Writes a checkpoint of the classifier, which judges, predicts and is exported as any other.
  /// - Parameters:
  ///   - path: a safetensors file with the tensor `embeddings`, one row for each class, and in its metadata `classes`, the
  ///     names as a JSON array, and perhaps `logit_scale`, the factor of cosines.
  ///   - backbone: a backbone that was published with a projection to such embeddings.
  ///   - weights: its weights.
  ///   - options: how it judges.
  ///   - output: the checkpoint's path.
  /// - Throws: `InferenceError.noTextProjection` for another backbone, `.notEmbeddings` for a file that does not fit, and the errors
  ///   of reading and writing files.
  public static func write(
    embeddings path: String, backbone: BackboneDefinition, weights: FirstWeights,
    options: EvaluationOptions = .init(), to output: String
  ) throws {
    let first = try weights.path(for: backbone)
    try OutputError.requireOther(path, first, than: output)
    let network = try backbone.make()
    guard let projection = network.textProjection else {
      throw InferenceError.noTextProjection(backbone: backbone.name)
    }
    let dimension = projection.weight.tensor.shape[0]
    let file = try TensorFile.read(path)
    let (classes, texts, scale) = try contents(of: file, path: path, dimension: dimension)
    if let first { try network.loadFirstWeights(at: first) }
    let description = NetworkDescription(
      task: .classification, backbone: backbone, head: .names(dimension: dimension),
      firstWeights: weights, evaluation: options)
    let head = try EmbeddingHead(
      network.featureCount, dimension: dimension, classes: classes.count)
    try head.load(
      projection.stateDict().prefixed("projection.")
        .merging(["texts": texts.normalized(1), "scale": .full([], scale)]) { $1 })
    let student =
      network.stateDict().merging(head.stateDict().prefixed("fc_new.")) { $1 }
    try Checkpoint(
      iteration: 0, seconds: 0, recipe: nil, classes: classes, evaluations: [],
      taskMetadata: [CheckpointKey.network: description.json()],
      tensors: student.prefixed(CheckpointKey.student)
    ).write(to: output)
  }

  private static func contents(
    of file: StateDictionary, path: String, dimension: Int
  ) throws -> (classes: [String], texts: Tensor, scale: Double) {
    func refuse(_ problem: String) -> InferenceError {
      .notEmbeddings(path: path, problem: problem)
    }
    guard let names = file.metadata["classes"],
      let classes = try? JSONDecoder().decode([String].self, from: Data(names.utf8)),
      !classes.isEmpty, Set(classes).count == classes.count
    else {
      throw refuse("expected the names of the classes as a JSON array in its metadata 'classes'")
    }
    let texts = try StateDict(file)["embeddings"]
    guard let texts, texts.shape == [classes.count, dimension] else {
      throw refuse(
        "expected a tensor 'embeddings' of \(classes.count) × \(dimension), found "
          + (texts.map { "\($0.shape)" } ?? "none"))
    }
    try [path: texts].requireFinite(in: path)
    guard let text = file.metadata["logit_scale"] else { return (classes, texts, usualScale) }
    guard let scale = Double(text), scale.isFinite, scale > 0 else {
      throw refuse("its metadata 'logit_scale' is '\(text)', expected a number above 0")
    }
    return (classes, texts, scale)
  }
}
