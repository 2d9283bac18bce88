import Reporting
import Testing

@Suite struct AxisTests {
  @Test(arguments: [
    (0.0, 1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    (0.13, 2.31, [0.5, 1, 1.5, 2]),
    (-3.0, 4.0, [-2, 0, 2, 4]),
    (0.0, 20000.0, [0, 5000, 10000, 15000, 20000]),
    (0.0001, 0.0004, [0.0001, 0.0002, 0.0003, 0.0004]),
  ])
  func `marks round numbers within the values`(low: Double, high: Double, ticks: [Double]) {
    let axis = Axis(from: low, to: high, ticks: 5)
    #expect(axis.range == low...high)
    #expect(axis.ticks.count == ticks.count)
    for (tick, expected) in zip(axis.ticks, ticks) { #expect(abs(tick - expected) < 1e-9 * high) }
  }

  @Test(arguments: [0.0, 3, -2, 1e200])
  func `one value alone lies in the middle`(value: Double) {
    let axis = Axis(from: value, to: value, ticks: 5)
    #expect(abs(axis.position(of: value) - 0.5) < 1e-9)
    #expect(!axis.ticks.isEmpty)
  }

  @Test func `neighbouring numbers make no endless axis`() {
    #expect(Axis(from: 1, to: 1.0.nextUp, ticks: 5).ticks.count <= 11)
    #expect(Axis(from: 0, to: .leastNonzeroMagnitude, ticks: 5).ticks.count <= 11)
  }
}
