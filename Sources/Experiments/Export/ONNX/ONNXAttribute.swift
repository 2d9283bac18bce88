import Protobuf

/// A parameter of a node, with the field numbers of `onnx.proto`'s `AttributeProto`.
enum ONNXAttribute {
  case integer(Int)
  case integers([Int])
  case number(Double)
  case text(String)

  func message(name: String) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.append(name, as: 1)
    switch self {
    case .number(let value):
      message.append(Float(value), as: 2)
      message.append(Int64(1), as: 20)
    case .integer(let value):
      message.append(Int64(value), as: 3)
      message.append(Int64(2), as: 20)
    case .text(let value):
      message.append(value, as: 4)
      message.append(Int64(3), as: 20)
    case .integers(let values):
      for value in values { message.append(Int64(value), as: 8) }
      message.append(Int64(7), as: 20)
    }
    return message
  }
}
