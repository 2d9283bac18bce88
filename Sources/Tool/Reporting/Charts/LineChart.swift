/// Curves over the iterations, or over another quantity: for each system the mean of its runs, a band of one standard deviation, and
/// the runs themselves.
struct LineChart {
  let title: String
  let curves: [SystemCurves]
  /// Whether the values are shares that are shown in per cent.
  let isPercent: Bool
  /// The name of the horizontal axis.
  var horizontalName = "iteration"
  /// Whether both axes go from 0 to 1, with a line where both are equal.
  var isReliability = false

  /// The figure, or nil if no value can be drawn.
  var html: HTML? {
    let drawn = curves.filter { !$0.extent.isEmpty }
    let positions = drawn.flatMap(\.positions)
    let values = drawn.flatMap(\.extent)
    guard let first = positions.min(), let last = positions.max(),
      let low = values.min(), let high = values.max()
    else { return nil }
    let area =
      isReliability
      ? PlotArea(
        horizontal: Axis(from: 0, to: 1, ticks: 6), vertical: Axis(from: 0, to: 1, ticks: 5))
      : PlotArea(
        horizontal: Axis(from: min(0, first), to: last, ticks: 6),
        vertical: Axis(from: low, to: high, ticks: 5))
    let diagonal: HTML =
      isReliability
      ? "<path class=\"guide\" d=\"M\(area.place(0, 0))L\(area.place(1, 1))\"/>" : ""
    return """
      <figure class="chart" tabindex="0" data-chart="\(data(area, drawn))"><figcaption>\(title)</figcaption>
      <svg viewBox="0 0 440 240" role="img" aria-label="\(summary(drawn))">
      \(area.frame(horizontalName: horizontalName, isPercent: isPercent))
      \(diagonal)
      \(drawn.map { lines($0, area) })
      </svg></figure>
      """
  }

  private func lines(_ curves: SystemCurves, _ area: PlotArea) -> HTML {
    let system = curves.system
    let means = zip(curves.positions, curves.spreads).map { ($0, $1?.mean) }
    let runs = (curves.runs.count > 1 ? curves.runs : []).map { run -> HTML in
      "<path class=\"run\" d=\"\(Self.path(Array(zip(curves.positions, run)), area))\"/>"
    }
    return """
      <g class="\(system.colour)" data-system="\(system.index)">\(band(curves, area))\
      \(runs)\
      <path class="line"\(system.dashes) d="\(Self.path(means, area))"/></g>
      """
  }

  /// The area between mean − deviation and mean + deviation, where there are several runs.
  private func band(_ curves: SystemCurves, _ area: PlotArea) -> HTML? {
    let edges = zip(curves.positions, curves.spreads).compactMap {
      position, spread -> (Double, Double, Double)? in
      guard let spread, let deviation = spread.deviation else { return nil }
      return (position, spread.mean - deviation, spread.mean + deviation)
    }
    guard edges.count > 1 else { return nil }
    let outline =
      edges.map { area.place($0.0, $0.2) } + edges.reversed().map { area.place($0.0, $0.1) }
    return "<path class=\"band\" d=\"M\(outline.joined(separator: "L"))Z\"/>"
  }

  /// One path, with gaps where there is no value, and crosses for points without neighbours.
  private static func path(_ points: [(Double, Double?)], _ area: PlotArea) -> String {
    points.split { $0.1 == nil }.map { piece in
      let places = piece.map { area.place($0.0, $0.1 ?? 0) }
      return "M" + places.joined(separator: "L") + (places.count == 1 ? "m-3 0h6m-3 -3v6" : "")
    }.joined()
  }

  /// The numbers for the script, which smooths the curves and shows their values: axes, and for each system its positions and runs.
  private func data(_ area: PlotArea, _ curves: [SystemCurves]) -> String {
    func list(_ values: [Double?]) -> String {
      "["
        + values.map { $0.map { FigureText.short($0, digits: 5) } ?? "null" }
        .joined(separator: ",") + "]"
    }
    func ends(_ range: ClosedRange<Double>) -> String {
      "[\(FigureText.short(range.lowerBound, digits: 9)),\(FigureText.short(range.upperBound, digits: 9))]"
    }
    let systems = curves.map { curves in
      let positions = curves.positions.map { FigureText.short($0) }.joined(separator: ",")
      let runs = curves.runs.map(list).joined(separator: ",")
      return "{\"system\":\(curves.system.index),\"x\":[\(positions)],\"runs\":[\(runs)]}"
    }
    return "{\"percent\":\(isPercent),\"x\":\(ends(area.horizontal.range)),"
      + "\"y\":\(ends(area.vertical.range)),\"systems\":[\(systems.joined(separator: ","))]}"
  }

  /// The chart in words.
  private func summary(_ curves: [SystemCurves]) -> String {
    let ends = curves.compactMap { curves -> String? in
      let known = curves.spreads.compactMap(\.self)
      guard let first = known.first, let last = known.last else { return nil }
      return "\(curves.system.name) from \(text(first.mean)) to \(text(last.mean))"
    }
    return "\(title): \(ends.joined(separator: ", "))"
  }

  private func text(_ value: Double) -> String {
    isPercent ? FigureText.percent(value) : FigureText.short(value, digits: 4)
  }
}
