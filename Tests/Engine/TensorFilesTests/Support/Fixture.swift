import Foundation
import TensorFiles

/// The files of `Fixtures`, and what PyTorch reads from them.
struct Fixture: Decodable, Sendable {
  struct Tensor: Decodable, Sendable {
    let type: String
    let shape: [Int]
    let bytes: String
  }

  let names: [String]
  let metadata: [String: String]
  let tensors: [String: Tensor]

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  static func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  /// By file name.
  static func all() throws -> [String: Fixture] {
    try JSONDecoder().decode([String: Fixture].self, from: bytes("expected.json"))
  }
}

extension StoredTensor {
  var description: [String] {
    [elementType.rawValue, "\(shape)", bytes.map { String(format: "%02x", $0) }.joined()]
  }

  init(floats: [Float], shape: [Int]) throws {
    let bytes = floats.withUnsafeBytes { Data($0) }
    try self.init(elementType: .float32, shape: shape, bytes: bytes)
  }
}

extension Fixture.Tensor {
  var description: [String] { [type, "\(shape)", bytes] }
}
