import ReferenceSupport
import Torch
import TorchNN

/// Weights under a publisher's keys, filled as `Tests/Reference/makers/transformers.py` fills them.
enum PublishedState {
  static func filled(_ name: String) throws -> StateDict {
    let shapes = try Fixture.json("transformers/\(name)", as: [String: [Int]].self)
    return try shapes.reduce(into: [:]) { state, entry in
      let (low, high) = range(entry.key, entry.value)
      state[entry.key] = try Filling.uniform(entry.key, entry.value, low, high)
    }
  }

  private static func range(_ key: String, _ shape: [Int]) -> (Double, Double) {
    if shape.count == 1, key.hasSuffix("bias") { return (-0.1, 0.1) }
    let ofTokens = ["class_embedding", "position_embedding.weight", "positional_embedding"]
    if ofTokens.contains(where: key.hasSuffix) { return (-0.5, 0.5) }
    if shape.count == 1 || key.hasSuffix("layer_scale") { return (0.5, 1.5) }
    if shape[0] == 1 { return (-0.5, 0.5) }
    let bound = (3 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
    return (-bound, bound)
  }
}
