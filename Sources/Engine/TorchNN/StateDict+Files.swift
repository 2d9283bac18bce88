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
            bytes: buffer, shape: entry.tensor.shape, dtype: DType(entry.tensor.elementType))
        }
      }
      self[entry.name] = try tensor.get()
    }
  }

  /// The tensors as a file holds them, sorted by key, with strings beside them.
  public func stored(metadata: [String: String] = [:]) throws -> StateDictionary {
    var file = StateDictionary(metadata: metadata)
    for (key, tensor) in sorted(by: { $0.key < $1.key }) {
      var bytes = Data(count: tensor.count * tensor.dtype.byteCount)
      try bytes.withUnsafeMutableBytes { try tensor.copyBytes(to: $0) }
      file[key] = try StoredTensor(
        elementType: ElementType(tensor.dtype), shape: tensor.shape, bytes: bytes)
    }
    return file
  }
}

extension DType {
  init(_ elementType: ElementType) {
    switch elementType {
    case .uint8: self = .uint8
    case .int8: self = .int8
    case .int16: self = .int16
    case .int32: self = .int32
    case .int64: self = .int64
    case .float16: self = .float16
    case .float32: self = .float32
    case .float64: self = .float64
    case .bool: self = .bool
    case .bfloat16: self = .bfloat16
    }
  }
}

extension ElementType {
  init(_ dtype: DType) {
    switch dtype {
    case .uint8: self = .uint8
    case .int8: self = .int8
    case .int16: self = .int16
    case .int32: self = .int32
    case .int64: self = .int64
    case .float16: self = .float16
    case .float32: self = .float32
    case .float64: self = .float64
    case .bool: self = .bool
    case .bfloat16: self = .bfloat16
    }
  }
}
