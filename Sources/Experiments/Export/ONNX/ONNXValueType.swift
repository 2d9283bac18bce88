import Protobuf

/// The type of an input or output: its elements, and its sizes, of which some are free.
struct ONNXValueType {
  /// The type of elements, by its number in `onnx.proto`'s `TensorProto.DataType`.
  enum Element: Int64 {
    case float32 = 1
    case uint8 = 2
    case int64 = 7
  }

  /// The length of one dimension.
  enum Size {
    case fixed(Int)
    /// Any length; equal names are equal lengths.
    case free(String)
  }

  let element: Element
  let sizes: [Size]

  /// The `ValueInfoProto` of a value with this type.
  func message(name: String) -> ProtobufMessage {
    var shape = ProtobufMessage()
    for size in sizes {
      var dimension = ProtobufMessage()
      switch size {
      case .fixed(let count): dimension.append(Int64(count), as: 1)
      case .free(let name): dimension.append(name, as: 2)
      }
      shape.append(dimension, as: 1)
    }
    var tensor = ProtobufMessage()
    tensor.append(element.rawValue, as: 1)
    tensor.append(shape, as: 2)
    var type = ProtobufMessage()
    type.append(tensor, as: 1)
    var value = ProtobufMessage()
    value.append(name, as: 1)
    value.append(type, as: 2)
    return value
  }
}
