import Runs
import TensorFiles

/// Converts between the file formats for weights: `.pth`, `.pth.tar` and `.safetensors`.
public enum WeightsConversion {
  /// Writes the tensors and the metadata of `input` in the format that the suffix of `output` names.
  ///
  /// The tensors are written directly from the mapped file, without a copy in memory. Numbers beside the tensors become text.
  /// - Parameter studentOnly: whether to write only the student's backbone, under torchvision's names and without metadata,
  ///   so that `load_state_dict` accepts it: the prefix `encoder_q.` is removed, the new heads are left out.
  /// - Throws: `TensorFileError` for a file that cannot be read or written, `TrainingError.noStudent`;
  ///   `OutputError.overwritesInput` where both paths are the same file.
  public static func convert(_ input: String, to output: String, studentOnly: Bool = false) throws {
    let format = try OutputFormat(forPath: output)
    // The student alone, or another format, would not hold everything that the original file holds.
    if let identity = FileIdentity(input), identity == FileIdentity(output) {
      throw OutputError.overwritesInput(path: output)
    }
    var file = try TensorFile.read(input)
    if studentOnly {
      file = file.studentBackbone
      guard !file.entries.isEmpty else { throw TrainingError.noStudent(path: input) }
    }
    try TensorFile.write(file, to: output, format: format)
  }
}

extension StateDictionary {
  /// The entries under `encoder_q.` without the prefix, except those of the new heads.
  fileprivate var studentBackbone: StateDictionary {
    var result = StateDictionary()
    for entry in entries where entry.name.hasPrefix(CheckpointKey.student) {
      let name = String(entry.name.dropFirst(CheckpointKey.student.count))
      if !CheckpointKey.isOfHead(name) { result[name] = entry.tensor }
    }
    return result
  }
}
