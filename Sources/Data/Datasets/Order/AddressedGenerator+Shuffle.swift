import Imaging

extension AddressedGenerator {
  /// Puts values into a random order (Fisher and Yates).
  mutating func shuffle(_ values: inout [Int]) {
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, nextInteger(below: last + 1))
    }
  }
}
