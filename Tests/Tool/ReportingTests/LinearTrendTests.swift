import Reporting
import Testing

@Suite struct LinearTrendTests {
  @Test func `fits by least squares`() throws {
    // numpy.polyfit([1, 2, 4, 7], [2, 1, 5, 6], 1) and numpy.corrcoef.
    let trend = try #require(LinearTrend([(x: 1, y: 2), (x: 2, y: 1), (x: 4, y: 5), (x: 7, y: 6)]))
    #expect(abs(trend.slope - 0.8095238095238095) < 1e-12)
    #expect(abs(trend.intercept - 0.6666666666666665) < 1e-12)
    #expect(abs(trend.correlation - 0.8997354108424374) < 1e-12)
  }

  @Test func `points that have no trend have none`() {
    #expect(LinearTrend([(x: 0, y: 1), (x: 1, y: 2)]) == nil)
    #expect(LinearTrend([(x: 1, y: 1), (x: 1, y: 2), (x: 1, y: 3)]) == nil)
    #expect(LinearTrend([(x: 1, y: 1), (x: 2, y: 1), (x: 3, y: 1)]) == nil)
  }
}
