/// The straight line that fits points best, by least squares, and how well it does.
package struct LinearTrend: Equatable {
  /// The rise of the line.
  package let slope: Double
  /// Its value at 0.
  package let intercept: Double
  /// Pearson's correlation of the points, in [−1, 1].
  package let correlation: Double

  /// The trend of three or more points; nil for fewer, and where all of them have one x or one y.
  package init?(_ points: [(x: Double, y: Double)]) {
    let count = Double(points.count)
    let (meanX, meanY) = (
      points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count
    )
    let squaresX = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    let squaresY = points.reduce(0) { $0 + ($1.y - meanY) * ($1.y - meanY) }
    guard points.count > 2, squaresX > 0, squaresY > 0 else { return nil }
    let products = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
    slope = products / squaresX
    intercept = meanY - slope * meanX
    correlation = products / (squaresX * squaresY).squareRoot()
  }
}
