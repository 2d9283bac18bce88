/// A figure of a run over its iterations.
struct Curve {
  struct Point: Equatable {
    let iteration: Double
    let value: Double

    /// Whether it can be shown on a chart.
    var isDrawable: Bool { value.magnitude < 1e300 && iteration.magnitude < 1e300 }
  }

  /// More points than this cannot be distinguished at the width of a chart.
  static let maximumPoints = 300

  let points: [Point]

  /// In long curves, neighbouring points are averaged, so that a report stays small and its curves readable.
  init(_ points: [Point]) {
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
