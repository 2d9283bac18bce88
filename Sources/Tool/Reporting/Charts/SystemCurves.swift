import Analysis

/// A figure of all runs of a system over their iterations, with its mean and spread.
struct SystemCurves {
  let system: ReportedSystem
  /// Every iteration at which a run has the figure, in order.
  let positions: [Double]
  /// The values of each run at these positions; nil where it has none that can be drawn.
  let runs: [[Double?]]
  /// The mean and the standard deviation over the runs at each position; nil where no run has a value.
  let spreads: [Spread?]

  init(_ system: ReportedSystem, _ curves: [Curve]) {
    self.system = system
    let values = curves.map { curve in
      Dictionary(
        curve.points.filter { $0.iteration.magnitude < 1e300 }
          .map { ($0.iteration, $0.isDrawable ? $0.value : nil) }, uniquingKeysWith: { $1 })
    }
    let positions = Set(values.flatMap(\.keys)).sorted()
    self.positions = positions
    runs = values.map { values in positions.map { values[$0] ?? nil } }
    spreads = positions.map { position in Spread(values.compactMap { $0[position] ?? nil }) }
  }

  /// All values, those at the edges of the band included.
  var extent: [Double] {
    runs.joined().compactMap(\.self)
      + spreads.compactMap(\.self).flatMap { spread in
        spread.deviation.map { [spread.mean - $0, spread.mean + $0] } ?? []
      }
  }
}
