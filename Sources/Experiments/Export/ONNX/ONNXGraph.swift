import Foundation
import Protobuf
import Torch

/// A graph under construction: nodes in the order in which they run, constants, inputs and outputs.
struct ONNXGraph {
  private var nodes: [ProtobufMessage] = []
  private var constants: [ProtobufMessage] = []
  private var inputs: [ProtobufMessage] = []
  private var outputs: [ProtobufMessage] = []
  private var counts: [String: Int] = [:]

  /// Adds an input and returns its name.
  mutating func input(_ name: String, _ type: ONNXValueType) -> String {
    inputs.append(type.message(name: name))
    return name
  }

  /// Makes a value an output under its own name.
  mutating func output(_ name: String, _ type: ONNXValueType) {
    outputs.append(type.message(name: name))
  }

  /// Adds a node and returns the name of its output.
  /// - Parameters:
  ///   - inputs: the names of its inputs; an empty one for an input that is left out.
  ///   - name: the output's name; nil for one made of operation and number.
  @discardableResult
  mutating func node(
    _ operation: String, _ inputs: [String], _ attributes: [(String, ONNXAttribute)] = [],
    named name: String? = nil
  ) -> String {
    let output = name ?? freeName(operation.lowercased())
    var node = ProtobufMessage()
    for input in inputs { node.append(input, as: 1) }
    node.append(output, as: 2)
    node.append(output, as: 3)
    node.append(operation, as: 4)
    for (name, value) in attributes { node.append(value.message(name: name), as: 5) }
    nodes.append(node)
    return output
  }

  /// Adds a float32 tensor and returns its name.
  mutating func constant(_ tensor: Tensor, _ role: String) throws -> String {
    let values = try tensor.detached().converted(to: .float32)
    var bytes = [UInt8](repeating: 0, count: values.count * 4)
    try bytes.withUnsafeMutableBytes { try values.copyBytes(to: $0) }
    return constant(bytes, values.shape, .float32, role)
  }

  /// Adds numbers in the given shape, by default a vector, and returns their name.
  mutating func constant(_ values: [Float], shape: [Int]? = nil, _ role: String) -> String {
    constant(
      values.flatMap { $0.bitPattern.littleEndianBytes }, shape ?? [values.count], .float32, role)
  }

  /// Adds a vector of whole numbers and returns its name.
  mutating func constant(_ values: [Int], _ role: String) -> String {
    constant(values.flatMap { Int64($0).littleEndianBytes }, [values.count], .int64, role)
  }

  /// Adds a whole number and returns its name.
  mutating func constant(_ value: Int, _ role: String) -> String {
    constant(Int64(value).littleEndianBytes, [], .int64, role)
  }

  private mutating func constant(
    _ bytes: [UInt8], _ shape: [Int], _ element: ONNXValueType.Element, _ role: String
  ) -> String {
    let name = freeName(role)
    var tensor = ProtobufMessage()
    for size in shape { tensor.append(Int64(size), as: 1) }
    tensor.append(element.rawValue, as: 2)
    tensor.append(name, as: 8)
    tensor.append(bytes, as: 9)
    constants.append(tensor)
    return name
  }

  private mutating func freeName(_ stem: String) -> String {
    let number = counts[stem, default: 0]
    counts[stem] = number + 1
    return "\(stem)_\(number)"
  }

  /// The `GraphProto`.
  func message(name: String) -> ProtobufMessage {
    var graph = ProtobufMessage()
    for node in nodes { graph.append(node, as: 1) }
    graph.append(name, as: 2)
    for constant in constants { graph.append(constant, as: 5) }
    for input in inputs { graph.append(input, as: 11) }
    for output in outputs { graph.append(output, as: 12) }
    return graph
  }
}
