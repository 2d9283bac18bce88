import Testing
import Torch

/// The update of float32 parameters in one pass over memory, beside the same by operations of libtorch.
@Suite("A step of SGD")
struct SGDTests {
  private let rates = (momentum: 0.9, gradient: 0.3, decay: 5e-4, step: 0.7)

  @Test(
    "Float32 is updated as float64, whatever the shape",
    arguments: [[1], [7], [40, 24, 3, 3], [3, 1025]])
  func agreement(shape: [Int]) throws {
    let operands = try operands(shape)
    let precise = try operands.map { try $0.converted(to: .float64) }
    for _ in 0..<3 {
      try step(operands)
      try step(precise)
    }
    for (found, expected) in zip(operands, precise) {
      let size: Double = try expected.absolute().max().item()
      let gap: Double = try (found.converted(to: .float64) - expected).absolute().max().item()
      #expect(gap <= 1e-6 * size)
    }
  }

  @Test("The gradient may lie in memory in another order")
  func otherOrder() throws {
    let first = try operands([40, 24, 3, 3])
    var second = try first.map { try $0.clone() }
    second[1] = try second[1].channelsLast()
    try step(first)
    try step(second)
    for (one, other) in zip(first, second) {
      let size: Double = try one.absolute().max().item()
      let gap: Double = try (one - other).absolute().max().item()
      #expect(gap <= 1e-6 * size)
    }
  }

  @Test("What was made from a parameter is known to be out of date")
  func versions() throws {
    let operands = try operands([5])
    let versions = operands.map(TensorVersion.init)
    try step(operands)
    #expect(versions.map(\.isCurrent) == [false, true, false])
  }

  /// p, g and b.
  private func operands(_ shape: [Int]) throws -> [Tensor] {
    let generator = try Generator(seed: 4)
    return try (0..<3).map { _ in try Tensor.normal(shape, generator: generator) }
  }

  private func step(_ operands: [Tensor]) throws {
    try [SGDOperands(parameter: operands[0], gradient: operands[1], buffer: operands[2])].stepBySGD(
      momentum: rates.momentum, gradient: rates.gradient, decay: rates.decay, step: rates.step)
  }
}
