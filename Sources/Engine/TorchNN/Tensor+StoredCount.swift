import Torch

extension Tensor {
  /// The sum of all elements as a count that a checkpoint holds; a damaged one may hold any number.
  /// - Throws: `TorchError` unless it is a whole number from `least` on that a float64 tells from its neighbours.
  package func storedCount(named name: String, from least: Int = 0) throws(TorchError) -> Int {
    let sum: Double = try converted(to: .float64).sum().item()
    guard let count = Int(exactly: sum), (least...1 << 53).contains(count) else {
      throw TorchError(
        operation: "loading \(name)", message: "expected a count from \(least) on, found \(sum)")
    }
    return count
  }
}
