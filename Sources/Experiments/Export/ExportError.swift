/// A network that cannot be written in another form.
public enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A network with a part that a graph cannot express.
  case notExpressible(backbone: String, reason: String)
  /// A graph that is too large for its format.
  case tooLarge(path: String, bytes: Int)
  /// A path whose ending names no format.
  case unknownFormat(path: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .notExpressible(let backbone, let reason):
      "a network with the backbone '\(backbone)' cannot be written as an ONNX graph: \(reason); build it of TorchNN's "
        + "layers and of sums, products, ReLU, pooling and concatenation, or write it as .safetensors or .pth"
    case .tooLarge(let path, let bytes):
      "\(path) would have \(bytes) bytes, and an ONNX file holds at most 2 GiB; write it as .safetensors or .pth"
    case .unknownFormat(let path):
      "\(path): expected a name that ends in .onnx, .safetensors, .pth, .pt or .pth.tar, found none of these"
    }
  }
}
