import Foundation

/// Features in the plane, one panel per network: the colour shows the class, the marker shows the data set.
public struct ScatterFigure: PlottedFigure, Sendable {
  /// A feature.
  public struct Point: Sendable, Equatable {
    /// Its place.
    public let place: PlotPoint
    /// The index of its class; nil where it has none.
    public let group: Int?
    /// The index of its data set.
    public let set: Int

    /// A point with its data set and class.
    public init(_ place: PlotPoint, group: Int?, set: Int) {
      self.place = place
      self.group = group
      self.set = set
    }
  }

  /// A network's features.
  public struct Panel: Sendable {
    /// The network.
    public let title: String
    /// The features.
    public let points: [Point]

    /// A panel.
    public init(title: String, points: [Point]) {
      self.title = title
      self.points = points
    }
  }

  private let panels: [Panel]
  private let groups: [String]
  private let sets: [String]
  private let colours: [String]
  private let caption: [String]
  private let columns: Int

  private static let margin = 16
  private static let top = 34
  private static let side = 300
  private static let gap = 16
  private static let lineHeight = 15
  private static let entryHeight = 19
  /// Filled markers of gnuplot: circle, triangle, square, triangle pointing down, diamond.
  private static let markers = [7, 9, 5, 11, 13]

  /// A figure of `panels` with a legend on the right.
  /// - Parameters:
  ///   - groups: the names of the classes; if there are none, or more than distinguishable colours, the colours show the data
  ///     sets instead.
  ///   - sets: the names of the data sets.
  ///   - caption: the text below the panels.
  public init(panels: [Panel], groups: [String], sets: [String], caption: String) {
    self.panels = panels
    self.sets = sets
    let colours = groups.isEmpty ? nil : PlotPalette.colours(for: groups.count)
    self.groups = colours == nil ? [] : groups
    self.colours = colours ?? sets.indices.map { PlotPalette.few[$0 % PlotPalette.few.count] }
    columns = max(1, min(panels.count, 3))
    let rows = (panels.count + columns - 1) / columns
    let legend = (self.groups + sets).map(\.count).max() ?? 0
    let body = columns * (Self.side + Self.gap)
    width = Self.margin + body + 40 + 9 * legend + Self.margin
    self.caption = PlotText.wrapped(caption, width: width - 2 * Self.margin, size: 10)
    let entries = self.groups.count + sets.count + (self.groups.isEmpty ? 0 : 1)
    height =
      max(rows * (Self.top + Self.side), Self.top + entries * Self.entryHeight) + 10
      + self.caption.count * Self.lineHeight + 8
  }

  /// In the units of SVG.
  public let width: Int
  /// In the units of SVG.
  public let height: Int

  /// The commands that draw all panels.
  public var commands: [String] {
    var commands: [String] = []
    var plots: [String] = []
    for (number, panel) in panels.enumerated() {
      var series: [String] = []
      for (place, points) in inSeries(panel).enumerated() {
        let name = "points_\(number)_\(place)"
        commands += PlotText.block(name, points.map { [$0.place.x, $0.place.y] })
        series.append("$\(name) using 1:2 with points \(look(points[0]))")
      }
      plots += frame(number, panel)
      if number == 0 { plots += labels }
      plots.append("plot \(series.isEmpty ? "NaN" : series.joined(separator: ", "))")
      plots.append("unset label")
    }
    return commands + [
      "unset key; unset tics; unset colorbox",
      "set border linewidth 0.6 linecolor rgb '#888888'", "set multiplot",
    ] + plots + ["unset multiplot"]
  }

  /// The points grouped by their appearance, data set by data set.
  private func inSeries(_ panel: Panel) -> [[Point]] {
    let bySeries = Dictionary(grouping: panel.points) { [$0.set, $0.group ?? -1] }
    return bySeries.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  /// Marker and colour; a fifth transparent, so that points below can be seen.
  private func look(_ point: Point) -> String {
    let number = groups.isEmpty ? point.set : point.group
    let colour = number.map { colours[$0 % colours.count].dropFirst() } ?? "777777"
    return look(set: point.set, colour: "#33\(colour)")
  }

  private func look(set: Int, colour: String) -> String {
    let marker = Self.markers[set % Self.markers.count]
    // A circle looks larger than a triangle of the same width.
    let size = marker == 7 ? 0.6 : 0.8
    return "pointtype \(marker) pointsize \(size) linecolor rgb '\(colour)'"
  }

  /// A square with the same scale along both axes.
  private func frame(_ number: Int, _ panel: Panel) -> [String] {
    let canvas = PlotCanvas(width: width, height: height)
    let x = Self.margin + number % columns * (Self.side + Self.gap)
    let y = number / columns * (Self.top + Self.side) + Self.top
    let (across, up) = (panel.points.map(\.place.x), panel.points.map(\.place.y))
    func ends(_ values: [Double]) -> (Double, Double) {
      let finite = values.filter(\.isFinite)
      return (finite.min() ?? 0, finite.max() ?? 0)
    }
    let (a, b) = (ends(across), ends(up))
    let half = max(a.1 - a.0, b.1 - b.0) * 0.53
    func range(_ ends: (Double, Double)) -> String {
      let middle = (ends.0 + ends.1) / 2
      let reach = half > 0 ? half : 1
      return "[\(PlotText.number(middle - reach)):\(PlotText.number(middle + reach))]"
    }
    return [
      canvas.frame(x: x, y: y, width: Self.side, height: Self.side),
      canvas.label(panel.title, x: x + Self.side / 2, y: y - 13, size: 15),
      "set xrange \(range(a)); set yrange \(range(b))",
    ]
  }

  /// Legend and caption.
  private var labels: [String] {
    let canvas = PlotCanvas(width: width, height: height)
    let x = Self.margin + columns * (Self.side + Self.gap) + 12
    var y = Self.top + 10
    var labels: [String] = []
    func entry(_ name: String, _ look: String) {
      labels.append(
        canvas.label(name, x: x, y: y, "left", more: "point \(look) offset 1.2,0"))
      y += Self.entryHeight
    }
    for (name, colour) in zip(groups, colours) {
      entry(name, "pointtype 5 pointsize 1 linecolor rgb '\(colour)'")
    }
    if !groups.isEmpty { y += Self.entryHeight }
    for (number, name) in sets.enumerated() {
      entry(
        name,
        look(set: number, colour: groups.isEmpty ? colours[number] : "#444444")
          .replacing(/pointsize [0-9.]+/, with: "pointsize 1"))
    }
    return labels
      + caption.enumerated().map { index, line in
        canvas.label(
          line, x: Self.margin, y: height - 8 - (caption.count - index) * Self.lineHeight + 7,
          "left", size: 10)
      }
  }
}
