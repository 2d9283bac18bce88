import Files
import Protobuf
import Runs

/// A graph with what goes with it in a file: `onnx.proto`'s `ModelProto`.
struct ONNXModel {
  /// The version of the operators: onnxruntime reads it since 1.12, of July 2022.
  static let operatorSet: Int64 = 17
  /// The version of the file format that came with these operators.
  static let formatVersion: Int64 = 8
  /// No message of protocol buffers may have 2 GiB.
  static let maximumByteCount = 1 << 31 - 1

  let graph: ONNXGraph
  let name: String
  /// Strings that go with the network.
  let metadata: [String: String]

  /// Writes the model whole or not at all.
  /// - Throws: `ExportError.tooLarge`, `TrainingError.cannotWrite`.
  func write(to path: String) throws {
    let bytes = message.bytes
    guard bytes.count < Self.maximumByteCount else {
      throw ExportError.tooLarge(path: path, bytes: bytes.count)
    }
    do {
      try FileSystem.current.replace(path, with: bytes)
    } catch {
      throw TrainingError(error)
    }
  }

  private var message: ProtobufMessage {
    var model = ProtobufMessage()
    model.append(Self.formatVersion, as: 1)
    model.append("syn2real", as: 2)
    model.append(Version.current, as: 3)
    model.append(graph.message(name: name), as: 7)
    var operators = ProtobufMessage()
    operators.append("", as: 1)
    operators.append(Self.operatorSet, as: 2)
    model.append(operators, as: 8)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      var entry = ProtobufMessage()
      entry.append(key, as: 1)
      entry.append(value, as: 2)
      model.append(entry, as: 14)
    }
    return model
  }
}
