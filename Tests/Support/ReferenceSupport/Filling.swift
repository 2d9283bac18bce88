import Torch
import TorchNN

/// Tensors that the reference makes from names alone.
package enum Filling {
  package static func uniform(
    _ name: String, _ shape: [Int], _ low: Double, _ high: Double
  ) throws -> Tensor {
    var stream = NamedStream(name)
    let values = (0..<shape.reduce(1, *)).map { _ in Float(low + (high - low) * stream.next()) }
    return try Tensor(values, shape: shape)
  }

  package static func labels(_ name: String, _ count: Int, classes: Int) throws -> Tensor {
    var stream = NamedStream(name)
    return try Tensor((0..<count).map { _ in Int64(stream.next() * Double(classes)) })
  }

  /// Labels of pixels: one in so many as there are classes and one more is 255.
  package static func pixelLabels(_ name: String, _ shape: [Int], classes: Int) throws -> Tensor {
    let labels: [Int64] = try labels(name, shape.reduce(1, *), classes: classes + 1).scalars()
    return try Tensor(labels.map { $0 == Int64(classes) ? 255 : $0 }, shape: shape)
  }

  /// A queue of unit columns.
  package static func queue(_ name: String, _ dimension: Int, _ capacity: Int) throws -> Tensor {
    try uniform(name, [dimension, capacity], -1, 1)
      .converted(to: .float64).normalized(0).converted(to: .float32)
  }

  /// The query and key views of a batch: a coarse pattern of both, noise of each.
  package static func views(
    _ batch: String, _ count: Int, size: Int
  ) throws -> (query: Tensor, key: Tensor) {
    let square = size / 4
    let coarse = try uniform("\(batch).image", [count, 3, 4, 1, 4, 1], -2, 2)
      .expanded([count, 3, 4, square, 4, square])
      .reshaped([count, 3, size, size])
    let shape = [count, 3, size, size]
    return (
      try coarse + uniform("\(batch).query", shape, -0.5, 0.5),
      try coarse + uniform("\(batch).key", shape, -0.5, 0.5)
    )
  }

  /// Fills parameters and statistics from their keys, with `prefix` before them.
  package static func fill(_ module: some Module, prefix: String = "") throws {
    try fill(module.namedTensors().map { $0.prefixed(prefix) })
  }

  package static func fill(_ tensors: [NamedTensor]) throws {
    for entry in tensors where entry.tensor.dtype == .float32 {
      let shape = entry.tensor.shape
      let (low, high) = range(entry.name, shape)
      let values = try uniform(entry.name, shape, low, high)
      try withoutGradients { try entry.tensor.copyInPlace(values) }
    }
  }

  private static func range(_ key: String, _ shape: [Int]) -> (Double, Double) {
    if key.hasSuffix("weight"), shape.count > 1 {
      let bound = (3 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
      return (-bound, bound)
    }
    return key.hasSuffix("weight") || key.hasSuffix("running_var") ? (0.5, 1.5) : (-0.1, 0.1)
  }
}
