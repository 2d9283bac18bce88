import Torch

extension Int {
  /// A count that a checkpoint holds; a damaged one may hold any number.
  /// - Throws: `TorchError` unless it is a whole number from `least` on that a float64 tells from its neighbours.
  package init(stored number: Double, as name: String, from least: Int = 0) throws(TorchError) {
    guard let count = Int(exactly: number), (least...1 << 53).contains(count) else {
      throw TorchError(
        operation: "loading \(name)",
        message: "expected a count from \(least) on, found \(number)")
    }
    self = count
  }
}
