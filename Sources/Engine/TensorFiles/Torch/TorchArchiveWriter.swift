import Foundation

/// Writes PyTorch's zip format, which `torch.load(weights_only=True)` reads.
///
/// Without metadata the file holds the dictionary of tensors itself. With metadata it holds a checkpoint
/// in the usual form: the tensors under `state_dict`, the strings beside it.
struct TorchArchiveWriter {
  private static let stateKey = "state_dict"
  private static let formatVersion = "3\n"

  private let dictionary: StateDictionary

  init(dictionary: StateDictionary, path: String) throws(TensorFileError) {
    guard dictionary.metadata[Self.stateKey] == nil else {
      throw TensorFileError(
        kind: .unsupported, path: path, place: "metadata '\(Self.stateKey)'",
        expected: "another key, as this one holds the tensors", found: "a string")
    }
    self.dictionary = dictionary
  }

  func write(to output: inout FileWriter) throws(TensorFileError) {
    var archive = ZipWriter()
    try archive.add("archive/data.pkl", pickle(), to: &output)
    try archive.add("archive/byteorder", Data("little".utf8), to: &output)
    for (key, entry) in dictionary.entries.enumerated() {
      try archive.add("archive/data/\(key)", entry.tensor.bytes, to: &output)
    }
    try archive.add("archive/version", Data(Self.formatVersion.utf8), to: &output)
    try archive.finish(&output)
  }

  private func pickle() -> Data {
    var pickle = PickleWriter()
    if dictionary.metadata.isEmpty {
      pickle.tensors(dictionary.entries)
    } else {
      pickle.dictionary { members in
        members.string(Self.stateKey)
        members.tensors(dictionary.entries)
        for (key, value) in dictionary.metadata.sorted(by: { $0.key < $1.key }) {
          members.string(key)
          members.string(value)
        }
      }
    }
    return pickle.finish()
  }
}
