import Protobuf

/// An entry of an event file, with the field numbers of TensorBoard's `event.proto` and `summary.proto`.
struct Event {
  enum Content {
    /// The entry that every file begins with.
    case fileVersion
    case scalar(tag: String, value: Float)
    case text(tag: String, text: String)
    /// A picture as a PNG file.
    case image(tag: String, png: [UInt8], width: Int, height: Int)
    case hyperparameters(HyperparameterNote)
  }

  /// The time in seconds since 1970.
  let wallTime: Double
  let step: Int64
  let content: Content

  /// The event as a record: the length and its masked checksum, then the message and its masked checksum.
  var record: [UInt8] {
    let payload = message.bytes
    let length = UInt64(payload.count).littleEndianBytes
    return length + CRC32C.masked(length).littleEndianBytes
      + payload + CRC32C.masked(payload).littleEndianBytes
  }

  private var message: ProtobufMessage {
    var message = ProtobufMessage()
    if wallTime.bitPattern != 0 { message.append(wallTime, as: 1) }
    if step != 0 { message.append(step, as: 2) }
    switch content {
    case .fileVersion: message.append("brain.Event:2", as: 3)
    case .scalar(let tag, let value): message.append(Self.summary(tag: tag, scalar: value), as: 5)
    case .text(let tag, let text): message.append(Self.summary(tag: tag, text: text), as: 5)
    case .image(let tag, let png, let width, let height):
      message.append(Self.summary(tag: tag, png: png, width, height), as: 5)
    case .hyperparameters(let note): message.append(Self.summary(note), as: 5)
    }
    return message
  }

  /// In the `simple_value` form: every reader accepts it, and TensorBoard itself converts it to the tensor form.
  private static func summary(tag: String, scalar: Float) -> ProtobufMessage {
    var value = value(tag: tag)
    value.append(scalar, as: 2)
    return summary(of: value)
  }

  /// As a string tensor without dimensions; only the plugin's name marks it as text.
  private static func summary(tag: String, text: String) -> ProtobufMessage {
    var tensor = ProtobufMessage()
    tensor.append(Int64(7), as: 1)  // DT_STRING
    tensor.append(ProtobufMessage(), as: 2)
    tensor.append(text, as: 8)
    return summary(tag: tag, tensor: tensor, plugin: "text")
  }

  /// In the form with a field of its own, as for scalars.
  private static func summary(
    tag: String, png: [UInt8], _ width: Int, _ height: Int
  ) -> ProtobufMessage {
    var image = ProtobufMessage()
    image.append(Int64(height), as: 1)
    image.append(Int64(width), as: 2)
    image.append(Int64(3), as: 3)  // red, green and blue
    image.append(png, as: 4)
    var value = value(tag: tag)
    value.append(image, as: 4)
    return summary(of: value)
  }

  /// As an empty tensor: what counts is in the metadata.
  private static func summary(_ note: HyperparameterNote) -> ProtobufMessage {
    var shape = ProtobufMessage()
    shape.append(ProtobufMessage(), as: 2)
    var tensor = ProtobufMessage()
    tensor.append(Int64(1), as: 1)  // DT_FLOAT
    tensor.append(shape, as: 2)
    return summary(tag: note.tag, tensor: tensor, plugin: "hparams", content: note.message)
  }

  private static func summary(
    tag: String, tensor: ProtobufMessage, plugin name: String, content: ProtobufMessage? = nil
  ) -> ProtobufMessage {
    var plugin = ProtobufMessage()
    plugin.append(name, as: 1)
    if let content { plugin.append(content, as: 2) }
    var metadata = ProtobufMessage()
    metadata.append(plugin, as: 1)
    var value = value(tag: tag)
    value.append(tensor, as: 8)
    value.append(metadata, as: 9)
    return summary(of: value)
  }

  private static func value(tag: String) -> ProtobufMessage {
    var value = ProtobufMessage()
    if !tag.isEmpty { value.append(tag, as: 1) }
    return value
  }

  private static func summary(of value: ProtobufMessage) -> ProtobufMessage {
    var summary = ProtobufMessage()
    summary.append(value, as: 1)
    return summary
  }
}
