import Imaging
import Testing

@Suite struct UniformDrawsTests {
  private struct Constant: RandomNumberGenerator {
    var word: UInt64
    mutating func next() -> UInt64 { word }
  }

  @Test func unitDoublesFillTheHalfOpenInterval() {
    var lowest = Constant(word: 0)
    var highest = Constant(word: .max)
    #expect(lowest.nextUnitDouble() == 0)
    #expect(highest.nextUnitDouble() == 1 - 0x1p-53)
  }

  @Test func integersCoverTheRangeEvenly() {
    var generator = SplitMix64(state: 11)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.nextInteger(below: 7)] += 1 }
    // Five standard deviations are 463.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 463 })
  }

  @Test(arguments: [-3, 0, 1]) func boundsBelowTwoGiveZero(_ bound: Int) {
    var generator = SplitMix64(state: 1)
    #expect(generator.nextInteger(below: bound) == 0)
  }

  @Test func booleansAreFair() {
    var generator = SplitMix64(state: 2)
    let heads = (0..<40_000).count { _ in generator.nextBoolean() }
    #expect(abs(heads - 20_000) < 500)
  }
}
