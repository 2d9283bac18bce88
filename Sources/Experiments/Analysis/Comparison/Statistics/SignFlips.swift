/// The exact permutation test of paired differences: if two systems were the same, each difference could as well have the
/// other sign.
package enum SignFlips {
  /// The largest number of differences that the test is computed for.
  package static let largestCount = 40

  /// The share of the 2ⁿ assignments of signs whose sum is at least as far from 0 as the observed one; nil for more than 40
  /// differences.
  ///
  /// The sums of either half of the differences are listed and sorted, and the pairs that reach the observed sum are counted
  /// from both ends: 2^(n/2) sums instead of 2ⁿ.
  package static func pValue(_ differences: [Double]) -> Double? {
    guard differences.count <= largestCount else { return nil }
    let observed = abs(differences.reduce(0, +))
    // Sums of the same numbers in another order may differ in their last bits.
    let reached = observed - 1e-9 * differences.reduce(0) { $0 + abs($1) }
    let middle = differences.count / 2
    let first = sums(differences[..<middle])
    let second = sums(differences[middle...])
    let total = Double(first.count) * Double(second.count)
    if reached <= 0 { return 1 }
    // Both signs of an assignment occur, so that those with a large negative sum are as many.
    var count = 0.0
    var place = second.count
    for sum in first {
      while place > 0, sum + second[place - 1] >= reached { place -= 1 }
      count += Double(second.count - place)
    }
    return min(1, 2 * count / total)
  }

  /// The sums of all assignments of signs, in ascending order.
  private static func sums(_ differences: ArraySlice<Double>) -> [Double] {
    var sums = [0.0]
    for difference in differences {
      sums = sums.map { $0 + difference } + sums.map { $0 - difference }
    }
    return sums.sorted()
  }
}
