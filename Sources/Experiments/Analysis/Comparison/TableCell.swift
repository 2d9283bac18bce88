import Foundation

/// The content of one cell of a table.
enum TableCell: Equatable {
  /// Words.
  case text(String)
  /// A figure over several runs; nil where no run has it.
  case figure(Spread?, digits: Int, isSigned: Bool)
  /// A published figure; nil where none was published.
  case published(Double?, digits: Int)

  /// The cell as text, `mean ± deviation` for figures.
  /// - Parameter plusMinus: the text between the two.
  func text(plusMinus: String = " ± ") -> String {
    switch self {
    case .text(let text): text
    case .figure(nil, _, _), .published(nil, _): "–"
    case .figure(let spread?, let digits, let isSigned):
      String(format: isSigned ? "%+.\(digits)f" : "%.\(digits)f", spread.mean)
        + (spread.deviation.map { plusMinus + String(format: "%.\(digits)f", $0) } ?? "")
    case .published(let value?, let digits): String(format: "%.\(digits)f", value)
    }
  }
}
