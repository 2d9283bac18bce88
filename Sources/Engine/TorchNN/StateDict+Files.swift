import Foundation
import TensorFiles
import Torch

extension [String: Tensor] {
  /// The tensors of a file; converted from its bytes, on the CPU.
  public init(_ file: StateDictionary) throws(TorchError) {
    self.init(minimumCapacity: file.entries.count)
    for entry in file.entries {
      let bytes = entry.tensor.bytes
      let tensor = bytes.withUnsafeBytes { buffer in
        Result { () throws(TorchError) in
          try Tensor(
            bytes: buffer, shape: entry.tensor.shape, dtype: entry.tensor.elementType)
        }
      }
      self[entry.name] = try tensor.get()
    }
  }

  /// The tensors in the form of a file, sorted by key, together with strings.
  public func stored(metadata: [String: String] = [:]) throws -> StateDictionary {
    var file = StateDictionary(metadata: metadata)
    for (key, tensor) in sorted(by: { $0.key < $1.key }) {
      var bytes = Data(count: tensor.count * tensor.dtype.size)
      try bytes.withUnsafeMutableBytes { try tensor.copyBytes(to: $0) }
      file[key] = try StoredTensor(
        elementType: tensor.dtype, shape: tensor.shape, bytes: bytes)
    }
    return file
  }
}
