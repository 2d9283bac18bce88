import Inference
import Registry
import Runs
import TensorFiles
import Torch
import TorchNN

/// Writes a checkpoint's network alone, in the form in which it is used elsewhere.
public enum CheckpointExport {
  /// A form, told by the ending of a file's name.
  public enum Format: Sendable, Equatable {
    /// A graph for onnxruntime and other runtimes.
    case onnx
    /// The weights under the names of checkpoints.
    case weights(OutputFormat)

    /// The format that a path's ending names.
    /// - Throws: `ExportError.unknownFormat`.
    public init(forPath path: String) throws(ExportError) {
      if path.lowercased().hasSuffix(".onnx") {
        self = .onnx
      } else if let format = try? OutputFormat(forPath: path) {
        self = .weights(format)
      } else {
        throw .unknownFormat(path: path)
      }
    }
  }

  /// Writes student and head of the checkpoint `input` to `output`, in the format that its ending names.
  ///
  /// Weights keep what predicts and evaluates with them: the names and tensors of student and head, the description of the
  /// network, the classes and the calibration; teacher, method, optimiser, evaluations, recipe and fingerprints are left out.
  /// - Parameters:
  ///   - withPreprocessing: for ONNX, see ``Inference/TrainedNetwork/writeONNX(to:withPreprocessing:)``.
  ///   - changesAlone: for weights, whether what the backbone started from is left out: a small file of head and adapters, which
  ///     is read where the first weights are.
  ///   - description: the description to use where the checkpoint has none.
  /// - Throws: the errors of reading a checkpoint; `ExportError`; `OutputError.overwritesInput` where both paths are the
  ///   same file.
  public static func export(
    _ input: String, to output: String, withPreprocessing: Bool = false,
    changesAlone: Bool = false,
    description: @autoclosure () throws -> NetworkDescription? = nil,
    registry: Registry = .standard
  ) throws {
    let format = try Format(forPath: output)
    try OutputError.requireOther(input, than: output)
    // Reading it as a network says what is wrong with a damaged file.
    let trained = try TrainedNetwork(
      checkpoint: input, description: description(), device: .cpu, registry: registry)
    switch format {
    case .onnx: try trained.writeONNX(to: output, withPreprocessing: withPreprocessing)
    case .weights(let format):
      let file = try TensorFile.read(input)
        .networkAlone(description: trained.description.json())
      try TensorFile.write(
        changesAlone
          ? file.changesAlone(of: trained.description, path: input) : file.whole(of: trained),
        to: output, format: format)
    }
  }
}

extension StateDictionary {
  /// What a checkpoint must keep to predict and evaluate.
  private static let keptMetadata = [
    CheckpointKey.iteration, CheckpointKey.seconds, CheckpointKey.network, CheckpointKey.classes,
    CheckpointKey.classTable, CheckpointKey.calibration, CheckpointKey.firstWeights,
  ]

  /// Student and head with adapters merged, also where this holds changes alone.
  fileprivate func whole(of trained: TrainedNetwork) throws -> StateDictionary {
    guard metadata[CheckpointKey.firstWeights] != nil else { return try mergingAdapters() }
    var metadata = metadata
    metadata[CheckpointKey.firstWeights] = nil
    return try StateDict(trained.network.namedTensors()).prefixed(CheckpointKey.student)
      .stored(metadata: metadata)
  }

  /// Student and head without what the backbone started from.
  fileprivate func changesAlone(
    of description: NetworkDescription, path: String
  ) throws -> StateDictionary {
    guard metadata[CheckpointKey.firstWeights] == nil else { return self }
    let first = try StudentChanges.firstWeights(of: description, path: path).state
    let changes = try StudentChanges.of(
      StateDict(self).below(CheckpointKey.student), from: first, path: path)
    var metadata = metadata
    metadata[CheckpointKey.firstWeights] = try StudentChanges.mark(of: first)
    return try changes.prefixed(CheckpointKey.student).stored(metadata: metadata)
  }

  /// Student and head without the projection heads, with what describes them.
  fileprivate func networkAlone(description: String) -> StateDictionary {
    var result = StateDictionary(metadata: metadata.filter { Self.keptMetadata.contains($0.key) })
    // An earlier version wrote no description.
    if result.metadata[CheckpointKey.network] == nil {
      result.metadata[CheckpointKey.network] = description
    }
    for entry in entries where entry.name.hasPrefix(CheckpointKey.student) {
      let name = String(entry.name.dropFirst(CheckpointKey.student.count))
      if !CheckpointKey.isOfProjection(name) { result[entry.name] = entry.tensor }
    }
    return result
  }
}
