import Runs
import TensorFiles
import TorchNN

/// Converts between the file formats for weights: `.pth`, `.pth.tar` and `.safetensors`.
public enum WeightsConversion {
  /// Writes the tensors and the metadata of `input` in the format that the suffix of `output` names.
  ///
  /// The tensors are written directly from the mapped file, without a copy in memory. Numbers beside the tensors become text.
  /// - Parameter studentOnly: whether to write only the student, without metadata: the prefix `encoder_q.` is removed, so that
  ///   its backbone has torchvision's names, its head has keys that begin with `fc_new.`, and projection heads are left out.
  /// - Throws: `TensorFileError` for a file that cannot be read or written, `TrainingError.noStudent`;
  ///   `TrainingError.changesAlone` where the student's first weights are not in the file, `.damagedCheckpoint` where parts of
  ///   adapters are missing; `OutputError.overwritesInput` where both paths are the same file.
  public static func convert(_ input: String, to output: String, studentOnly: Bool = false) throws {
    let format = try OutputFormat(forPath: output)
    // The student alone, or another format, would not hold everything that the original file holds.
    try OutputError.requireOther(input, than: output)
    var file = try TensorFile.read(input)
    if studentOnly {
      guard file.metadata[CheckpointKey.firstWeights] == nil else {
        throw TrainingError.changesAlone(path: input)
      }
      do {
        file = try file.student.mergingAdapters()
      } catch let mismatch as StateDictMismatch {
        throw TrainingError.damagedCheckpoint(path: input, problem: mismatch.description)
      }
      guard !file.entries.isEmpty else { throw TrainingError.noStudent(path: input) }
    }
    try TensorFile.write(file, to: output, format: format)
  }
}

extension StateDictionary {
  /// The entries under `encoder_q.` without the prefix, except those of the projection heads.
  fileprivate var student: StateDictionary {
    var result = StateDictionary()
    for entry in entries where entry.name.hasPrefix(CheckpointKey.student) {
      let name = String(entry.name.dropFirst(CheckpointKey.student.count))
      if !CheckpointKey.isOfProjection(name) { result[name] = entry.tensor }
    }
    return result
  }
}
