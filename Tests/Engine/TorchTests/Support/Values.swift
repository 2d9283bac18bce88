import Torch

extension Tensor {
  /// The elements as doubles, for any element type.
  func doubles() throws(TorchError) -> [Double] {
    try converted(to: .float64).scalars()
  }

  /// A float64 tensor that records gradients.
  static func leaf(_ values: [Double], shape: [Int]? = nil) throws(TorchError) -> Tensor {
    let tensor = try Tensor(values, shape: shape ?? [values.count])
    try tensor.requireGradient()
    return tensor
  }
}

/// Whether the numbers agree within 1e-12, relative to the larger where that is above 1.
func agree(_ found: [Double], _ expected: [Double]) -> Bool {
  found.count == expected.count
    && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) }
}
