import Runs
import TensorFiles

/// Goes between the files that weights are exchanged in: `.pth`, `.pth.tar` and `.safetensors`.
public enum WeightsConversion {
  /// Writes the tensors and the metadata of `input` in the format that the suffix of `output` names.
  ///
  /// The tensors are passed on from the mapped file, not copied in memory. Numbers beside the tensors become text.
  /// - Parameter studentOnly: whether to write nothing but the student's backbone under torchvision's names, without
  ///   metadata, so that `load_state_dict` takes it: `encoder_q.` is taken off, the new heads are left out.
  /// - Throws: `TensorFileError` for a file that cannot be read or written, `TrainingError.noStudent`;
  ///   `OutputError.overwritesInput` where both are one file.
  public static func convert(_ input: String, to output: String, studentOnly: Bool = false) throws {
    let format = try OutputFormat(forPath: output)
    // With the student alone, or in another format, not all of the file would come back.
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
  /// The entries under `encoder_q.` without the prefix, those of the new heads left out.
  fileprivate var studentBackbone: StateDictionary {
    var result = StateDictionary()
    for entry in entries where entry.name.hasPrefix(CheckpointKey.student) {
      let name = String(entry.name.dropFirst(CheckpointKey.student.count))
      if !CheckpointKey.isOfHead(name) { result[name] = entry.tensor }
    }
    return result
  }
}
