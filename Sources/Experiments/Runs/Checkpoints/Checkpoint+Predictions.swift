import Foundation
import TensorFiles

extension Checkpoint {
  /// The lines of predictions in a file, by the weights that were judged; nil stands for the file's own.
  static func predictions(in file: StateDictionary) -> [StudentWeights?: Data] {
    keys.reduce(into: [StudentWeights?: Data]()) { found, entry in
      guard let tensor = file[entry.key], tensor.elementType == .uint8 else { return }
      found[entry.weights] = Data(tensor.bytes)
    }
  }

  /// Adds lines of predictions to a file: bytes beside the tensors, since they would exceed the format's limit of metadata.
  static func add(_ predictions: [StudentWeights?: Data], to file: inout StateDictionary) throws {
    for (weights, key) in keys {
      guard let lines = predictions[weights], !lines.isEmpty else { continue }
      file[key] = try StoredTensor(elementType: .uint8, shape: [lines.count], bytes: lines)
    }
  }

  private static let keys: [(weights: StudentWeights?, key: String)] = [
    (nil, CheckpointKey.predictions), (.average, CheckpointKey.averagePredictions),
  ]
}

extension RunFolder {
  /// Writes `predictions.jsonl` from a checkpoint; nothing where an earlier version wrote it.
  package func writePredictions(ofCheckpoint path: String) throws {
    guard let lines = try Checkpoint.predictions(in: TensorFile.read(path))[nil] else { return }
    try write(lines, to: predictions)
  }
}
