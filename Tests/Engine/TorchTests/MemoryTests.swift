import Foundation
import Testing
import Torch

@Suite("Memory")
struct MemoryTests {
  /// One leaked tensor per step would add up to 1250 MiB.
  private static let steps = 5000
  /// What other tests of the process, running beside this one, are allowed.
  private static let allowance = 384 << 20

  @Test("Thousands of steps with errors among them leave nothing behind")
  func steps() throws {
    let parameter = try Tensor.ones([256, 256])
    try parameter.requireGradient()
    for _ in 0..<200 { try step(parameter) }
    let before = try residentBytes()
    for _ in 0..<Self.steps { try step(parameter) }
    let growth = try residentBytes() - before
    #expect(growth < Self.allowance, "grew by \(growth >> 20) MiB")
  }

  private func step(_ parameter: Tensor) throws {
    let values = [Float](repeating: 0.5, count: 256 * 256)
    let input = try Tensor(values, shape: [256, 256])
    let loss = try (parameter * input).relu().mean()
    try loss.backward()
    guard let gradient = try parameter.gradient() else { throw TorchError.absent }
    try withoutGradients { try parameter.addInPlace(gradient, times: -0.1) }
    try parameter.clearGradient()
    #expect(throws: TorchError.self) {
      try Tensor.concatenated([input, parameter]).matmul(input.reshaped([1, -1]))
    }
  }

  private func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }
}

extension TorchError {
  fileprivate static var absent: TorchError {
    TorchError(operation: "gradient", message: "backward left none")
  }
}
