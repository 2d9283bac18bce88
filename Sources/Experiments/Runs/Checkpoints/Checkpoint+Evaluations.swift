import Foundation
import TensorFiles

extension Checkpoint {
  /// The evaluations in a file; nil where an earlier version wrote it, which left them out.
  /// - Throws: `TrainingError.damagedCheckpoint`.
  static func evaluations(
    in file: StateDictionary, path: String
  ) throws -> [EvaluationRecord]? {
    guard let count = file.metadata[CheckpointKey.evaluations] else { return nil }
    if count == "0" { return [] }
    guard let tensor = file[CheckpointKey.evaluations], tensor.elementType == .uint8,
      let records = try? JSONFormat.decode([EvaluationRecord].self, from: Data(tensor.bytes)),
      count == String(records.count)
    else {
      throw TrainingError.damagedCheckpoint(
        path: path, problem: "its evaluations are not as they were written")
    }
    return records
  }

  /// Adds evaluations to a file.
  ///
  /// They are bytes of JSON beside the tensors: the confusion matrices of many classes would exceed the format's limit of
  /// metadata. Their number is in the metadata.
  static func add(_ records: [EvaluationRecord], to file: inout StateDictionary) throws {
    file.metadata[CheckpointKey.evaluations] = String(records.count)
    guard !records.isEmpty else { return }
    let bytes = try JSONFormat.text(records)
    file[CheckpointKey.evaluations] = try StoredTensor(
      elementType: .uint8, shape: [bytes.count], bytes: bytes)
  }
}
