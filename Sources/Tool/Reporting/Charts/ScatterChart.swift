import Analysis

/// Two figures of every run against each other, with the systems' means and the trend of all runs.
struct ScatterChart {
  /// The runs of a system.
  struct Group {
    let system: ReportedSystem
    let points: [(x: Double, y: Double)]

    /// The point in the middle; nil without points.
    var mean: (x: Double, y: Double)? {
      guard let x = Spread(points.map(\.x)), let y = Spread(points.map(\.y)) else { return nil }
      return (x: x.mean, y: y.mean)
    }
  }

  let title: String
  let horizontalName: String
  let verticalName: String
  let groups: [Group]

  /// The figure; nil for fewer than two points.
  var html: HTML? {
    let points = groups.flatMap(\.points)
    guard points.count > 1, let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let low = points.map(\.y).min(), let high = points.map(\.y).max()
    else { return nil }
    let (padX, padY) = ((right - left) * 0.06, (high - low) * 0.1)
    let area = PlotArea(
      horizontal: Axis(from: left - padX, to: right + padX, ticks: 6),
      vertical: Axis(from: low - padY, to: high + padY, ticks: 5))
    let trend = LinearTrend(points)
    return """
      <figure class="scatter"><figcaption>\(title)</figcaption>
      <svg viewBox="0 0 440 240" role="img" aria-label="\(summary(trend))">
      \(area.frame(horizontalName: horizontalName, isPercent: true))
      \(trend.map { line($0, area) })
      \(groups.map { dots($0, area) })
      </svg>
      <p class="note">\(note(trend, runs: points.count))</p></figure>
      """
  }

  private func dots(_ group: Group, _ area: PlotArea) -> HTML {
    let runs = group.points.map { point -> HTML in
      """
      <circle cx="\(PlotArea.text(area.x(point.x)))" cy="\(PlotArea.text(area.y(point.y)))" r="3">\
      <title>\(words(group.system.name, point))</title></circle>
      """
    }
    let middle = group.mean.map { mean -> HTML in
      let (x, y) = (area.x(mean.x), area.y(mean.y))
      let isRight = x > (PlotArea.edges.left + PlotArea.edges.right) / 2
      return """
        <circle class="mean" cx="\(PlotArea.text(x))" cy="\(PlotArea.text(y))" r="6">\
        <title>\(words(group.system.name + ", mean", mean))</title></circle>\
        <text x="\(PlotArea.text(isRight ? x - 10 : x + 10))" y="\(PlotArea.text(y))" dy="-7" \
        text-anchor="\(isRight ? "end" : "start")">\(Self.shortened(group.system.name))</text>
        """
    }
    return """
      <g class="dots \(group.system.colour)" data-system="\(group.system.index)">\(runs)\(middle)</g>
      """
  }

  /// The trend within the chart.
  private func line(_ trend: LinearTrend, _ area: PlotArea) -> HTML {
    let (x, y) = (area.horizontal.range, area.vertical.range)
    func value(_ x: Double) -> Double { trend.intercept + trend.slope * x }
    // Where a steep line leaves the chart above or below, it ends.
    let crossings = [y.lowerBound, y.upperBound].map { ($0 - trend.intercept) / trend.slope }
      .filter { trend.slope != 0 && x.contains($0) }
    let ends = [x.lowerBound, x.upperBound].filter { y.contains(value($0)) } + crossings
    guard let first = ends.min(), let last = ends.max() else { return "" }
    return
      "<path class=\"guide\" d=\"M\(area.place(first, value(first)))L\(area.place(last, value(last)))\"/>"
  }

  /// A name that leaves room for others.
  private static func shortened(_ name: String) -> String {
    name.count > 28 ? String(name.prefix(27)) + "…" : name
  }

  private func words(_ name: String, _ point: (x: Double, y: Double)) -> String {
    "\(name): \(horizontalName) \(FigureText.number(point.x, digits: 3)), "
      + "\(verticalName) \(FigureText.percent(point.y))"
  }

  private func note(_ trend: LinearTrend?, runs: Int) -> String {
    guard let trend else { return "One point for each run; large ones are means." }
    return "One point for each run; large ones are means. Pearson’s r over \(runs) runs: "
      + "\(FigureText.number(trend.correlation, digits: 2)), \(FigureText.short(10 * trend.slope, digits: 2)) "
      + "points for each 0.1 of energy."
  }

  private func summary(_ trend: LinearTrend?) -> String {
    let means = groups.compactMap { group in group.mean.map { words(group.system.name, $0) } }
    return "\(title). "
      + (means + [note(trend, runs: groups.flatMap(\.points).count)])
      .joined(separator: "; ")
  }
}
