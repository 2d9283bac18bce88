import Analysis
import Foundation

/// Figures as the report shows them.
enum FigureText {
  /// A share in [0, 1] in per cent.
  static func percent(_ share: Double) -> String { number(100 * share, digits: 1) + " %" }

  /// A number with a fixed number of digits after the point.
  static func number(_ value: Double, digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// `mean ± deviation` of several runs, or the figure of one; a dash where there is none.
  static func spread(_ spread: Spread?, digits: Int, isSigned: Bool = false) -> String {
    guard let spread else { return "–" }
    let mean = String(format: isSigned ? "%+.\(digits)f" : "%.\(digits)f", spread.mean)
    return mean + (spread.deviation.map { " ± " + number($0, digits: digits) } ?? "")
  }

  /// As few digits as an axis or a coordinate needs.
  static func short(_ value: Double, digits: Int = 7) -> String {
    String(format: "%.\(digits)g", value)
  }
}
