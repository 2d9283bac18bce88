import Foundation
import TensorFiles
import Torch
import TorchNN

extension Tensor {
  /// The elements as doubles, for any element type.
  func doubles() throws(TorchError) -> [Double] {
    try converted(to: .float64).scalars()
  }

  /// Takes on type and values of `values`.
  func become(_ values: Tensor) throws(TorchError) {
    try replaceStorage(values.clone())
  }
}

/// The greatest difference, relative to the greatest magnitude expected.
func relativeDifference(_ found: Tensor, _ expected: Tensor) throws -> Double {
  guard found.shape == expected.shape else { return .infinity }
  let magnitude = try expected.doubles().map(abs).max() ?? 0
  let difference = try (found - expected).doubles().map(abs).max() ?? 0
  return difference / Swift.max(magnitude, .leastNormalMagnitude)
}

/// What the reference implementation computed.
enum Reference {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Reference/Fixtures")

  static func tensors(_ name: String) throws -> StateDict {
    try StateDict(TensorFile.read(folder.appendingPathComponent(name).path))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }
}
