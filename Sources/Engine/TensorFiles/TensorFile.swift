import Foundation

/// Reading and writing files of named tensors.
public enum TensorFile {
  /// Reads a safetensors file or a PyTorch checkpoint, zip or legacy, told apart by content.
  ///
  /// The file is mapped, not copied, and must not be changed in place while its tensors are in
  /// use; `write` replaces a file as a whole and is safe. A pickle can build tensors, containers,
  /// numbers and strings and nothing else. If a checkpoint holds a `state_dict`, this is the
  /// result. Names of nested dictionaries are joined by `.`; a leading `module.` is removed if
  /// every name has it.
  ///
  /// - Throws: `TensorFileError` if the file cannot be read. No content of a file ends the process,
  ///   and memory is bounded by a small multiple of the file's size.
  public static func read(_ path: String) throws(TensorFileError) -> StateDictionary {
    let file = try SourceFile(path: path)
    switch try InputFormat(of: file) {
    case .safetensors: return try SafetensorsReader(file: file).read()
    case .torchArchive: return try TorchArchiveReader(file: file).read()
    case .torchLegacy: return try TorchLegacyReader(file: file).read()
    }
  }

  /// Writes a file completely or not at all: into a temporary file beside it, which then replaces it.
  ///
  /// Equal dictionaries give equal files, byte for byte.
  ///
  /// - Parameter format: nil for the format of the path's suffix.
  /// - Throws: `TensorFileError`; the file that was there before is then untouched.
  public static func write(
    _ dictionary: StateDictionary, to path: String, format: OutputFormat? = nil
  ) throws(TensorFileError) {
    let resolved: OutputFormat
    if let format { resolved = format } else { resolved = try OutputFormat(forPath: path) }
    switch resolved {
    case .safetensors:
      let writer = try SafetensorsWriter(dictionary: dictionary, path: path)
      try AtomicFile.replace(path) { (output) throws(TensorFileError) in
        try writer.write(to: &output)
      }
    case .torch:
      let writer = try TorchArchiveWriter(dictionary: dictionary, path: path)
      try AtomicFile.replace(path) { (output) throws(TensorFileError) in
        try writer.write(to: &output)
      }
    }
  }
}
