import Testing
import Torch

/// Compares the gradient of `function` at `point` (float64) with central differences, element by element.
package func expectGradient(
  of point: Tensor, step: Double = 1e-6, within tolerance: Double = 1e-7,
  _ function: (Tensor) throws -> Tensor
) throws {
  let leaf = try point.detached().clone()
  try leaf.requireGradient()
  try function(leaf).backward()
  let gradient: [Double] = try #require(try leaf.gradient()).scalars()
  let values: [Double] = try point.scalars()
  let scale = max(1e-12, gradient.map(abs).max() ?? 0)
  for index in values.indices {
    func value(_ shift: Double) throws -> Double {
      var moved = values
      moved[index] += shift
      return try function(Tensor(moved, shape: point.shape)).item()
    }
    let difference = (try value(step) - value(-step)) / (2 * step)
    #expect(
      abs(difference - gradient[index]) <= tolerance * scale,
      "element \(index): gradient \(gradient[index]), differences \(difference)")
  }
}
