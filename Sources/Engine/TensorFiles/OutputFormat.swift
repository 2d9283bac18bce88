/// A format that `TensorFile.write` writes.
public enum OutputFormat: Sendable, CaseIterable {
  /// The safetensors format, ordered and padded as by its own library.
  case safetensors
  /// PyTorch's zip format, which `torch.load(weights_only=True)` reads.
  case torch

  /// The format that belongs to a path's suffix: `.safetensors`, or `.pth`, `.pt`, `.pth.tar`.
  ///
  /// - Throws: `TensorFileError` for any other suffix.
  public init(forPath path: String) throws(TensorFileError) {
    let lowercased = path.lowercased()
    if lowercased.hasSuffix(".safetensors") {
      self = .safetensors
    } else if [".pth", ".pt", ".pth.tar"].contains(where: lowercased.hasSuffix) {
      self = .torch
    } else {
      throw TensorFileError(
        kind: .unknownFormat, path: path, place: "",
        expected: "a name that ends in .safetensors, .pth, .pt or .pth.tar",
        found: "none of these")
    }
  }
}
