/// Writes the commands that place things on a figure, with positions measured from its upper left corner.
struct PlotCanvas {
  let width: Int
  let height: Int

  /// The frame of the next plot.
  func frame(x: Int, y: Int, width: Int, height: Int) -> String {
    "set lmargin at screen \(across(x)); set rmargin at screen \(across(x + width)); "
      + "set tmargin at screen \(up(y)); set bmargin at screen \(up(y + height))"
  }

  /// A text centred vertically at `y`; `alignment` is left, center or right.
  func label(
    _ text: String, x: Int, y: Int, _ alignment: String = "center", size: Int = 12,
    more: String = ""
  ) -> String {
    "set label \(PlotText.quoted(text)) at screen \(across(x)), screen \(up(y)) \(alignment) "
      + "font ',\(size)' tc rgb '#222222' \(more)"
  }

  /// A bar with the colours of the palette.
  func colorBox(x: Int, y: Int, width: Int, height: Int) -> String {
    let size = "size \(across(width)), \(across(height, of: self.height))"
    return "set colorbox user origin \(across(x)), \(up(y + height)) \(size)"
  }

  private func across(_ x: Int) -> String { across(x, of: width) }
  private func up(_ y: Int) -> String { across(height - y, of: height) }
  private func across(_ part: Int, of whole: Int) -> String {
    PlotText.number(Double(part) / Double(max(whole, 1)))
  }
}
