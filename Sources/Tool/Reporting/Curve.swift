/// A run's figure over its iterations.
struct Curve {
  struct Point: Equatable {
    let iteration: Double
    let value: Double

    /// Whether there is a place on a chart for it.
    var isDrawable: Bool { value.magnitude < 1e300 && iteration.magnitude < 1e300 }
  }

  /// More points than these cannot be told apart at a chart's width.
  static let maximumPoints = 300

  /// The run's place among the runs, which gives its colour.
  let run: Int
  let points: [Point]

  /// Long curves become means of neighbours, so that a report stays small and its curves readable.
  init(run: Int, points: [Point]) {
    self.run = run
    let length = (points.count + Self.maximumPoints - 1) / Self.maximumPoints
    guard length > 1 else {
      self.points = points
      return
    }
    self.points = stride(from: 0, to: points.count, by: length).map { start in
      let bin = points[start..<min(start + length, points.count)]
      return Point(
        iteration: bin.map(\.iteration).reduce(0, +) / Double(bin.count),
        value: bin.map(\.value).reduce(0, +) / Double(bin.count))
    }
  }
}
