/// A figure that gnuplot draws.
public protocol PlottedFigure {
  /// In the units of SVG.
  var width: Int { get }
  /// In the units of SVG.
  var height: Int { get }
  /// The commands between opening a picture and closing it, with the data inline. Text from outside may appear in them only
  /// as `PlotText.quoted` writes it, because gnuplot's language can run programs.
  var commands: [String] { get }
}

extension PlottedFigure {
  /// All commands that draw the figure as `format` on gnuplot's standard output.
  public func script(_ format: FigureFormat) -> String {
    let opening = ["set encoding utf8", format.terminal(width: width, height: height)]
    return (opening + commands).map { $0 + "\n" }.joined()
  }
}
