import Foundation

/// Curves over the iterations, or over another quantity, as an SVG element with axes.
struct LineChart {
  let title: String
  let curves: [Curve]
  /// Whether the values are fractions that are shown in per cent.
  let isPercent: Bool
  /// The name of the horizontal axis.
  var horizontalName = "iteration"

  /// The plot area, in the units of the view box of 440 by 240.
  private static let plot = (left: 62.0, right: 426.0, top: 12.0, bottom: 204.0)
  private static let colours = PlotPalette.few
  private static let dashes = ["none", "6 3", "2 3", "8 3 2 3"]

  /// The style of a run's line; colours are used again with another dash pattern.
  static func stroke(ofRun run: Int) -> String {
    let dash = dashes[run / colours.count % dashes.count]
    return "stroke=\"\(colours[run % colours.count])\" stroke-dasharray=\"\(dash)\""
  }

  /// The figure, or nothing if no value can be drawn.
  var html: String? {
    let drawable = curves.flatMap(\.points).filter(\.isDrawable)
    let iterations = drawable.map(\.iteration)
    let values = drawable.map(\.value)
    guard let first = iterations.min(), let last = iterations.max(),
      let low = values.min(), let high = values.max()
    else { return nil }
    let horizontal = Axis(from: min(0, first), to: last, ticks: 6)
    let vertical = Axis(from: low, to: high, ticks: 5)
    let lines = curves.map { line($0, horizontal, vertical) }
    let parts = verticalTicks(vertical) + horizontalTicks(horizontal) + lines
    let middle = format((Self.plot.left + Self.plot.right) / 2)
    return """
      <figure><figcaption>\(title.escaped)</figcaption>
      <svg viewBox="0 0 440 240" role="img" aria-label="\(title.escaped)">
      \(parts.joined(separator: "\n"))
      <text x="\(middle)" y="236" text-anchor="middle">\(horizontalName.escaped)</text>
      </svg></figure>
      """
  }

  private func verticalTicks(_ axis: Axis) -> [String] {
    axis.ticks.map { tick in
      let y = format(Self.y(tick, axis))
      let label = isPercent ? Self.label(100 * tick) + " %" : Self.label(tick)
      let line = "M\(format(Self.plot.left)) \(y)H\(format(Self.plot.right))"
      return "<path class=\"grid\" d=\"\(line)\"/>"
        + "<text x=\"\(format(Self.plot.left - 6))\" y=\"\(y)\" dy=\"4\" text-anchor=\"end\">"
        + "\(label)</text>"
    }
  }

  private func horizontalTicks(_ axis: Axis) -> [String] {
    let base = format(Self.plot.bottom)
    let frame =
      "M\(format(Self.plot.left)) \(format(Self.plot.top))V\(base)"
      + "H\(format(Self.plot.right))"
    return ["<path class=\"axis\" d=\"\(frame)\"/>"]
      + axis.ticks.map { tick in
        let x = format(Self.x(tick, axis))
        return "<path class=\"axis\" d=\"M\(x) \(base)v4\"/>"
          + "<text x=\"\(x)\" y=\"\(base)\" dy=\"17\" text-anchor=\"middle\">"
          + "\(Self.label(tick))</text>"
      }
  }

  /// One path, with gaps where values are not finite, and crosses for points without neighbours.
  private func line(_ curve: Curve, _ horizontal: Axis, _ vertical: Axis) -> String {
    let pieces = curve.points.split { !$0.isDrawable }.map { piece in
      let places = piece.map {
        "\(format(Self.x($0.iteration, horizontal))) \(format(Self.y($0.value, vertical)))"
      }
      return "M" + places.joined(separator: "L") + (places.count == 1 ? "m-3 0h6m-3 -3v6" : "")
    }
    return "<path class=\"line\" \(Self.stroke(ofRun: curve.run)) d=\"\(pieces.joined())\"/>"
  }

  private static func x(_ value: Double, _ axis: Axis) -> Double {
    plot.left + axis.position(of: value) * (plot.right - plot.left)
  }

  private static func y(_ value: Double, _ axis: Axis) -> Double {
    plot.bottom - axis.position(of: value) * (plot.bottom - plot.top)
  }

  private static func label(_ value: Double) -> String { String(format: "%.7g", value) }
  private func format(_ value: Double) -> String { String(format: "%.1f", value) }
}
