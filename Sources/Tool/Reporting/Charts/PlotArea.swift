/// The rectangle that a chart draws into, and the axes that span it: values to coordinates.
struct PlotArea {
  let horizontal: Axis
  let vertical: Axis

  /// The edges in the units of the view box of 440 by 240.
  static let edges = (left: 62.0, right: 426.0, top: 12.0, bottom: 204.0)

  /// The coordinates of a point: `62.0 204.0`.
  func place(_ x: Double, _ y: Double) -> String {
    "\(Self.text(self.x(x))) \(Self.text(self.y(y)))"
  }

  func x(_ value: Double) -> Double {
    Self.edges.left + horizontal.position(of: value) * (Self.edges.right - Self.edges.left)
  }

  func y(_ value: Double) -> Double {
    Self.edges.bottom - vertical.position(of: value) * (Self.edges.bottom - Self.edges.top)
  }

  static func text(_ coordinate: Double) -> String { FigureText.number(coordinate, digits: 1) }

  /// Grid, ticks and names of both axes.
  func frame(horizontalName: String, isPercent: Bool) -> HTML {
    let edges = Self.edges
    let (left, right) = (Self.text(edges.left), Self.text(edges.right))
    let rows = vertical.ticks.map { tick -> HTML in
      let y = Self.text(self.y(tick))
      let label = isPercent ? FigureText.short(100 * tick) + " %" : FigureText.short(tick)
      return """
        <path class="grid" d="M\(left) \(y)H\(right)"/>\
        <text x="\(Self.text(edges.left - 6))" y="\(y)" dy="4" text-anchor="end">\(label)</text>
        """
    }
    let base = Self.text(edges.bottom)
    let columns = horizontal.ticks.map { tick -> HTML in
      let x = Self.text(self.x(tick))
      return """
        <path class="axis" d="M\(x) \(base)v4"/>\
        <text x="\(x)" y="\(base)" dy="17" text-anchor="middle">\(FigureText.short(tick))</text>
        """
    }
    let middle = Self.text((edges.left + edges.right) / 2)
    return """
      \(rows)
      <path class="axis" d="M\(left) \(Self.text(edges.top))V\(base)H\(right)"/>
      \(columns)
      <text x="\(middle)" y="237" text-anchor="middle">\(horizontalName)</text>
      """
  }
}
