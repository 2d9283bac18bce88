import Foundation

/// The file format of a figure.
public enum FigureFormat: String, Sendable, CaseIterable {
  /// Scalable, for papers and the web; heat maps are embedded as images.
  case svg
  /// Pixels, two for each unit of the figure.
  case png

  /// The gnuplot command that opens a picture of this format.
  func terminal(width: Int, height: Int) -> String {
    let font = "font 'sans-serif,12' background '#ffffff' noenhanced"
    switch self {
    case .svg: return "set terminal svg size \(width),\(height) \(font)"
    case .png:
      return "set terminal pngcairo size \(2 * width),\(2 * height) \(font) fontscale 2 "
        + "linewidth 2 pointscale 2"
    }
  }

  /// Whether a picture has the ending of this format and was not cut off.
  package func isWhole(_ picture: Data) -> Bool {
    switch self {
    case .svg: picture.suffix(16).range(of: Data("</svg>".utf8)) != nil
    case .png: picture.suffix(8).starts(with: Data("IEND".utf8))
    }
  }
}
