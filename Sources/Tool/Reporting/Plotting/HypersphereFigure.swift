import Foundation

/// Features on the unit circle with their density, like the paper's Figure 2: one column of panels per network, one row per
/// data set, and the density along the angle under each panel. All panels have the same colour scale.
public struct HypersphereFigure: PlottedFigure, Sendable {
  /// The features of one network on one data set.
  public struct Panel: Sendable {
    /// The text above the panel, such as the energy.
    public let title: String
    /// The features' places on the circle.
    public let points: [PlotPoint]
    /// The density at the nodes of a square grid over [−reach, reach]², row by row upwards.
    public let density: [Double]
    /// The density along the angle, evenly spaced from −π to π, both included.
    public let angularDensity: [Double]

    /// A panel.
    public init(
      title: String, points: [PlotPoint], density: [Double], angularDensity: [Double]
    ) {
      self.title = title
      self.points = points
      self.density = density
      self.angularDensity = angularDensity
    }
  }

  private let networks: [String]
  private let sets: [String]
  private let panels: [[Panel]]
  private let reach: Double
  private let caption: [String]

  private static let left = 84
  private static let right = 108
  private static let top = 34
  private static let side = 230
  private static let gap = 20
  private static let strip = 54
  /// The height of a row: its title, the panel, the strip with its ticks.
  private static let row = 24 + side + 8 + strip + 34
  private static let lineHeight = 15

  /// A figure of `panels`, data set by data set and network by network.
  /// - Parameters:
  ///   - reach: how far the grids reach from the centre.
  ///   - caption: the text below the panels.
  public init(
    networks: [String], sets: [String], panels: [[Panel]], reach: Double, caption: String
  ) {
    self.networks = networks
    self.sets = sets
    self.panels = panels
    self.reach = reach
    width = Self.left + networks.count * (Self.side + Self.gap) - Self.gap + Self.right
    self.caption = PlotText.wrapped(caption, width: width - 24, size: 10)
    height =
      Self.top + sets.count * Self.row + 24 + self.caption.count * Self.lineHeight + 8
  }

  /// In the units of SVG.
  public let width: Int
  /// In the units of SVG.
  public let height: Int

  /// The commands that draw all panels.
  public var commands: [String] {
    let all = panels.flatMap(\.self)
    let largest = all.flatMap(\.density).max() ?? 0
    let steepest = all.flatMap(\.angularDensity).max() ?? 0
    // Data first: gnuplot allows no data between the plots of one picture.
    var commands = panels.enumerated().flatMap { row, panels in
      panels.enumerated().flatMap { column, panel in Self.data(panel, "\(row)_\(column)") }
    }
    commands += [
      PlotPalette.density, "set cbrange [0:\(PlotText.number(largest > 0 ? largest : 1))]",
      "unset key", "set tics scale 0.5 textcolor rgb '#444444'",
      "set border linewidth 0.6 linecolor rgb '#888888'", "set samples 181", "set multiplot",
    ]
    for (row, panels) in panels.enumerated() {
      for (column, panel) in panels.enumerated() {
        commands += plane(panel, row, column)
        commands += strip(row, column, to: steepest > 0 ? 1.1 * steepest : 1)
      }
    }
    return commands + ["unset multiplot"]
  }

  private static func data(_ panel: Panel, _ name: String) -> [String] {
    let side = Int(Double(panel.density.count).squareRoot())
    let rows = stride(from: 0, to: side * side, by: max(side, 1)).map {
      Array(panel.density[$0..<$0 + side])
    }
    let last = Double(max(panel.angularDensity.count - 1, 1))
    let angles = panel.angularDensity.enumerated().map { index, density in
      [-.pi + 2 * .pi * Double(index) / last, density]
    }
    return PlotText.block("density_\(name)", rows)
      + PlotText.block("points_\(name)", panel.points.map { [$0.x, $0.y] })
      + PlotText.block("angles_\(name)", angles)
  }

  /// The upper left corner of a panel.
  private func corner(_ row: Int, _ column: Int) -> (x: Int, y: Int) {
    (Self.left + column * (Self.side + Self.gap), Self.top + row * Self.row + 24)
  }

  private func plane(_ panel: Panel, _ row: Int, _ column: Int) -> [String] {
    let canvas = PlotCanvas(width: width, height: height)
    let (x, y) = corner(row, column)
    let middle = x + Self.side / 2
    var commands = [
      canvas.frame(x: x, y: y, width: Self.side, height: Self.side), "unset label",
      canvas.label(panel.title, x: middle, y: y - 11, size: 11), "unset colorbox",
      "unset xtics; unset ytics", "set parametric", "set trange [0:2*pi]",
    ]
    if row == 0 { commands.append(canvas.label(networks[column], x: middle, y: 20, size: 15)) }
    if column == 0 {
      commands.append(
        canvas.label(
          sets[row], x: 26, y: y + Self.side / 2, size: 13, more: "rotate by 90"))
    }
    if row == 0, column == 0 {
      commands += captionLabels(canvas)
      let bar = Self.left + networks.count * (Self.side + Self.gap) - Self.gap + 16
      commands += [
        canvas.colorBox(x: bar, y: y, width: 12, height: Self.side),
        "set cbtics font ',10' offset -0.6,0", "set cblabel 'density' offset -0.4,0",
      ]
    }
    let reach = PlotText.number(reach)
    let side = max(Double(panel.density.count).squareRoot() - 1, 1)
    let step = PlotText.number(2 * self.reach / side)
    let name = "\(row)_\(column)"
    commands += [
      "set xrange [-\(reach):\(reach)]; set yrange [-\(reach):\(reach)]",
      "plot $density_\(name) matrix using (\(step)*$1-\(reach)):(\(step)*$2-\(reach)):3 with image, "
        + "cos(t),sin(t) with lines linewidth 0.7 linecolor rgb '#666666', "
        + "$points_\(name) using 1:2 with points pointtype 7 pointsize 0.25 "
        + "linecolor rgb '#d55e00'",
      "unset parametric",
    ]
    return commands
  }

  private func strip(_ row: Int, _ column: Int, to top: Double) -> [String] {
    let canvas = PlotCanvas(width: width, height: height)
    let (x, y) = corner(row, column)
    var commands = [
      canvas.frame(x: x, y: y + Self.side + 8, width: Self.side, height: Self.strip),
      "unset label; unset colorbox", "set xrange [-pi:pi]",
      "set yrange [0:\(PlotText.number(top))]",
      "set xtics ('−π/2' -pi/2, '0' 0, 'π/2' pi/2) offset 0,0.4 font ',10'",
      "set ytics \(PlotText.number(Self.tick(top))) font ',10'",
      "set format y '\(column == 0 ? "%g" : "")'",
    ]
    if row == sets.count - 1 {
      commands.append(
        canvas.label(
          "angle", x: x + Self.side / 2, y: y + Self.side + 8 + Self.strip + 30, size: 11))
    }
    let angles = "$angles_\(row)_\(column) using 1:2"
    return commands + [
      "plot \(angles) with filledcurves y1=0 fillcolor rgb '#41b6c4' "
        + "fillstyle solid 0.35 noborder, \(angles) with lines linewidth 1.2 "
        + "linecolor rgb '#225ea8'"
    ]
  }

  private func captionLabels(_ canvas: PlotCanvas) -> [String] {
    caption.enumerated().map { index, line in
      canvas.label(
        line, x: 12, y: height - 8 - (caption.count - index) * Self.lineHeight + 7, "left",
        size: 10)
    }
  }

  /// A round step that fits once or twice below `top`.
  private static func tick(_ top: Double) -> Double {
    let power = pow(10, floor(log10(top)))
    return power * ([5, 2, 1].first { $0 * power < top * 0.98 } ?? 0.5)
  }
}
