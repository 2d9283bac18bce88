/// Our own mapping of random words to numbers, so that what is drawn from a seed never changes with
/// the version of the standard library.
extension RandomNumberGenerator {
  /// A multiple of 2⁻⁵³, uniform in [0, 1); takes one word.
  package mutating func nextUnitDouble() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A fair coin; takes one word.
  package mutating func nextBoolean() -> Bool {
    next() >> 63 == 1
  }

  /// An integer uniform in 0 ..< `bound`, without bias; takes one word, rarely more.
  ///
  /// Lemire's multiplication method ("Fast Random Integer Generation in an Interval", 2019). A
  /// bound below 2 gives 0 and takes a word all the same.
  package mutating func nextInteger(below bound: Int) -> Int {
    let range = UInt64(max(1, bound))
    var (high, low) = range.multipliedFullWidth(by: next())
    let threshold = (0 &- range) % range
    while low < threshold {
      (high, low) = range.multipliedFullWidth(by: next())
    }
    return Int(high)
  }
}
